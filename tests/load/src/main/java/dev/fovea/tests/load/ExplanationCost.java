package dev.fovea.tests.load;

import dev.fovea.inference.session.BatchBuffers;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.inference.session.OutputSet;
import dev.fovea.onnxruntime.ExecutionProvider.Cpu;
import dev.fovea.onnxruntime.OnnxRuntimeLoader;
import dev.fovea.repository.ModelRepository;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What outputs that only explain cost the calls that do not ask for them, and those that do: processor times of a
/// model with them over those of the same model without, one thread, run in turn.
@Command(
        name = "ExplanationCost",
        mixinStandardHelpOptions = true,
        description =
                "Processor time of a model with explanatory outputs over the time of the same model without them.")
final class ExplanationCost implements Callable<Integer> {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Option(names = "--repository", required = true, description = "model repository")
    private Path repository = Path.of("");

    @Option(
            names = "--pairs",
            split = ",",
            required = true,
            description = "models with explanatory outputs and without, for example birds/birds-plain")
    private List<String> pairs = List.of();

    @Option(names = "--seconds", defaultValue = "20", description = "of one pair, default: ${DEFAULT-VALUE}")
    private double seconds;

    @Mixin
    private ReportOptions output = new ReportOptions();

    public static void main(String[] args) {
        System.exit(new CommandLine(new ExplanationCost()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        var report = new Report(
                        "What explanations cost",
                        "ONNX Runtime alone, one noise image; processor time of one thread; plain, answers only, all outputs in turn; medians, and"
                                + " the median of the ratios of neighbouring runs.")
                .setting("seconds", seconds);
        for (String pair : pairs) {
            report.row(compare(pair));
        }
        report.publish(System.out, output.json(), Machine.here());
        return 0;
    }

    private Map<String, Object> compare(String pair) throws Exception {
        String[] names = pair.split("/", 2);
        if (names.length != 2) {
            throw new IllegalArgumentException("--pairs " + pair + " is not two models, as birds/birds-plain");
        }
        try (ModelSession explaining = load(names[0]);
                ModelSession plain = load(names[1])) {
            BatchBuffers explainingBuffers = RandomImages.fill(explaining.newBuffers());
            BatchBuffers plainBuffers = RandomImages.fill(plain.newBuffers());
            List<Double> without = new ArrayList<>();
            List<Double> unasked = new ArrayList<>();
            List<Double> asked = new ArrayList<>();
            long end = System.nanoTime() + (long) (seconds * 1e9);
            for (int run = -3; System.nanoTime() < end || run < 5; run++) { // the first warm up
                double[] times = {
                    time(plain, plainBuffers, OutputSet.ANSWERS),
                    time(explaining, explainingBuffers, OutputSet.ANSWERS),
                    time(explaining, explainingBuffers, OutputSet.ALL)
                };
                if (run >= 0) {
                    without.add(times[0]);
                    unasked.add(times[1]);
                    asked.add(times[2]);
                }
            }
            return row(names[0], without, unasked, asked);
        }
    }

    private static Map<String, Object> row(
            String model, List<Double> without, List<Double> unasked, List<Double> asked) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("model", model);
        row.put("runs", without.size());
        row.put("without, ms", median(without) * 1e3);
        row.put("answers over without", ratio(unasked, without));
        row.put("all over without", ratio(asked, without));
        return row;
    }

    private ModelSession load(String model) throws Exception {
        return new OnnxRuntimeLoader(List.of(Cpu.withThreads(1))).load(new ModelRepository(repository).newest(model));
    }

    private static double time(ModelSession session, BatchBuffers buffers, OutputSet outputs) throws Exception {
        // With one thread ONNX Runtime works on the caller's.
        long start = THREADS.getCurrentThreadCpuTime();
        session.run(buffers, 1, outputs);
        return (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
    }

    private static double ratio(List<Double> times, List<Double> over) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < times.size(); i++) {
            ratios.add(times.get(i) / over.get(i));
        }
        return median(ratios);
    }

    private static double median(List<Double> values) {
        return Samples.median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
