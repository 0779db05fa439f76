package dev.fovea.tests.load;

import dev.fovea.proto.v1.ClassifyRequest;
import dev.fovea.proto.v1.ExplanationRequest;
import dev.fovea.proto.v1.ModelRef;
import dev.fovea.tests.support.ServiceProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What explanations cost those who ask for them, and those who do not.
@Command(
        name = "ExplanationLoad",
        mixinStandardHelpOptions = true,
        description = "Photographs a second and latency of calls that ask for no explanation, while nobody asks and"
                + " while another client does, of calls that ask, and of a model that cannot explain.")
final class ExplanationLoad implements Callable<Integer> {

    private static final String MODEL = "birds";
    private static final String PLAIN_MODEL = "plain-birds";

    @Option(names = "--in-flight", defaultValue = "8", description = "calls under way, default: ${DEFAULT-VALUE}")
    private int inFlight;

    @Option(
            names = "--asked-a-second",
            defaultValue = "2",
            description = "explanations that the other client asks for, default: ${DEFAULT-VALUE}")
    private double askedPerSecond;

    @Option(
            names = "--max-side",
            defaultValue = "512",
            description = "of the pictures, pixels, default: ${DEFAULT-VALUE}")
    private int maxSide;

    @Option(
            names = "--warm-up",
            defaultValue = "10",
            description = "seconds of each situation before the first repetition, default: ${DEFAULT-VALUE}")
    private double warmUp;

    @Option(names = "--seconds", defaultValue = "8", description = "of one measurement, default: ${DEFAULT-VALUE}")
    private double seconds;

    @Option(names = "--repetitions", defaultValue = "5", description = "interleaved, default: ${DEFAULT-VALUE}")
    private int repetitions;

    @Mixin
    private ClassifierOptions classifier = new ClassifierOptions();

    @Mixin
    private ReportOptions output = new ReportOptions();

    private final Map<Situation, List<Outcome>> outcomes = new EnumMap<>(Situation.class);

    /// Who asks for what.
    private enum Situation {
        CANNOT_EXPLAIN("no call asks; the model has no maps"),
        NOBODY_ASKS("no call asks"),
        ANOTHER_ASKS("calls that do not ask, while another client asks"),
        ALL_ASK("every call asks");

        private final String words;

        Situation(String words) {
            this.words = words;
        }
    }

    /// The three kinds of call.
    private record Calls(Call<?, ?> withoutMaps, Call<?, ?> plain, Call<?, ?> asking) {

        Call<?, ?> of(Situation situation) {
            return switch (situation) {
                case CANNOT_EXPLAIN -> withoutMaps;
                case NOBODY_ASKS, ANOTHER_ASKS -> plain;
                case ALL_ASK -> asking;
            };
        }
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new ExplanationLoad()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        try (var folder = WorkFolder.create("explanation-load")) {
            measure(folder.path()).publish(System.out, output.json(), Machine.here());
        }
        return 0;
    }

    private Report measure(Path folder) throws Exception {
        classifier.adopt(folder, MODEL);
        classifier.adopt(folder, PLAIN_MODEL, "--no-explanations");
        List<byte[]> photographs = classifier.photographs();
        Calls calls = calls(ClassifierOptions.requests(photographs));
        try (ServiceProcess process = classifier.start(folder, MODEL, PLAIN_MODEL);
                var driver = new GrpcDriver(process.grpcPort(), 1);
                var other = new GrpcDriver(process.grpcPort(), 1)) {
            for (Situation situation : Situation.values()) {
                run(situation, calls, driver, other, warmUp);
            }
            for (int repetition = 0; repetition < repetitions; repetition++) {
                for (Situation situation : Situation.values()) {
                    outcomes.computeIfAbsent(situation, first -> new ArrayList<>())
                            .add(run(situation, calls, driver, other, seconds));
                }
            }
        }
        return report(photographs);
    }

    private Calls calls(List<ClassifyRequest> plain) {
        var withoutMaps = ModelRef.newBuilder().setName(PLAIN_MODEL);
        var explanation = ExplanationRequest.newBuilder().setMaxSide(maxSide);
        return new Calls(
                Call.classify(plain.stream()
                        .map(request ->
                                request.toBuilder().addModels(withoutMaps).build())
                        .toList()),
                Call.classify(plain),
                Call.classify(plain.stream()
                        .map(request ->
                                request.toBuilder().setExplanation(explanation).build())
                        .toList()));
    }

    private Outcome run(Situation situation, Calls calls, GrpcDriver driver, GrpcDriver other, double lasting)
            throws Exception {
        if (situation != Situation.ANOTHER_ASKS) {
            return checked(driver.closedLoop(calls.of(situation), inFlight, 0, lasting));
        }
        var asking = new FutureTask<>(() -> checked(other.openLoop(calls.asking(), askedPerSecond, 0, lasting, 0)));
        Thread.ofPlatform().name("asking").start(asking);
        Outcome outcome = checked(driver.closedLoop(calls.of(situation), inFlight, 0, lasting));
        asking.get();
        return outcome;
    }

    private static Outcome checked(Outcome outcome) {
        if (!outcome.failures().isEmpty()) {
            throw new IllegalStateException("calls failed: " + outcome.failures());
        }
        return outcome;
    }

    private Report report(List<byte[]> photographs) {
        var report = new Report(
                        "Explanations in the running service",
                        "Encoded photographs through gRPC; client and service share the processors. The other client's"
                                + " explanations are not counted in its row, but their work is in what is left for the"
                                + " calls that are. Medians of interleaved repetitions.")
                .setting("calls in flight", inFlight)
                .setting("explanations a second of the other client", askedPerSecond)
                .setting("longer side of the pictures", maxSide)
                .setting("repetitions", repetitions)
                .setting("seconds", seconds);
        classifier.describe(report, photographs);
        for (Situation situation : Situation.values()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("situation", situation.words);
            row.put("images/s", rate(situation));
            row.put("p50 ms", latency(situation, 0.5));
            row.put("p99 ms", latency(situation, 0.99));
            report.row(row);
        }
        double nobody = rate(Situation.NOBODY_ASKS);
        return report.result("having maps, nobody asking, over having none", nobody / rate(Situation.CANNOT_EXPLAIN))
                .result("not asking while another asks, over nobody asking", rate(Situation.ANOTHER_ASKS) / nobody)
                .result("asking, over nobody asking", rate(Situation.ALL_ASK) / nobody);
    }

    private double rate(Situation situation) {
        return Samples.median(of(situation).stream()
                .mapToDouble(outcome -> outcome.rows() / seconds)
                .toArray());
    }

    private double latency(Situation situation, double quantile) {
        return Samples.median(of(situation).stream()
                .mapToDouble(outcome -> outcome.latencyMillis(quantile))
                .toArray());
    }

    private List<Outcome> of(Situation situation) {
        return outcomes.getOrDefault(situation, List.of());
    }
}
