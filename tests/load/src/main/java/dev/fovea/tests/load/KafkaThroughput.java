package dev.fovea.tests.load;

import dev.fovea.local.broker.BrokerProcess;
import dev.fovea.tests.support.ServiceProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Exactly once over at least once, and what a backlog does to the service's memory.
@Command(
        name = "KafkaThroughput",
        mixinStandardHelpOptions = true,
        description = "Puts a backlog of images on a topic and lets the service work it off, exactly once and at least"
                + " once in turn: events a second, pauses, memory.")
final class KafkaThroughput implements Callable<Integer> {

    private static final List<String> MODES = List.of("exactly-once", "at-least-once");
    /// The first results come while the service is still warming up.
    private static final double LEFT_OUT = 0.2;

    @Option(names = "--events", defaultValue = "4000", description = "a repetition, default: ${DEFAULT-VALUE}")
    private int events;

    @Option(names = "--partitions", defaultValue = "4", description = "default: ${DEFAULT-VALUE}")
    private int partitions;

    @Option(names = "--repetitions", defaultValue = "3", description = "interleaved, default: ${DEFAULT-VALUE}")
    private int repetitions;

    @Option(names = "--side", defaultValue = "96", description = "of the image, pixels, default: ${DEFAULT-VALUE}")
    private int sidePx;

    @Option(names = "--image", description = "to cut the image from, default: noise")
    private Optional<Path> image = Optional.empty();

    @Mixin
    private ServiceOptions service = new ServiceOptions();

    @Mixin
    private ReportOptions output = new ReportOptions();

    private final Map<String, List<Double>> rates = new HashMap<>();

    public static void main(String[] args) {
        System.exit(new CommandLine(new KafkaThroughput()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        try (var folder = WorkFolder.create("kafka-throughput")) {
            measure(folder.path()).publish(System.out, output.json(), Machine.here());
        }
        return 0;
    }

    private Report measure(Path folder) throws Exception {
        service.writeModel(folder);
        byte[] jpeg = Requests.jpeg(image, sidePx, sidePx);
        var report = new Report(
                        "Kafka: exactly once over at least once",
                        "Events a second from results of the last " + Math.round(100 * (1 - LEFT_OUT))
                                + " % of a backlog, as a read_committed consumer sees them. Broker, service and consumer"
                                + " share the processors. Decoding, detection and extraction are included.")
                .setting("events", events)
                .setting("partitions", partitions)
                .setting("bytes an event", jpeg.length)
                .setting("image", sidePx + " x " + sidePx);
        service.describe(report);
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("kafka"))) {
            for (int repetition = 0; repetition < repetitions; repetition++) {
                for (String mode : repetition % 2 == 0 ? MODES : MODES.reversed()) {
                    report.row(run(folder, broker, mode, mode + "-" + repetition, jpeg));
                }
            }
        }
        double once = median("exactly-once");
        double atLeastOnce = median("at-least-once");
        report.result("exactly once, events/s (median)", once)
                .result("at least once, events/s (median)", atLeastOnce)
                .result("ratio (goal 0.95)", once / atLeastOnce);
        return report;
    }

    private Map<String, Object> run(Path folder, BrokerProcess broker, String mode, String run, byte[] jpeg)
            throws Exception {
        var topics = new Backlog(broker.bootstrapServers(), run);
        topics.create(partitions);
        topics.fill(events, jpeg);
        Map<String, String> configuration = new HashMap<>();
        configuration.put("fovea.kafka.enabled", "true");
        configuration.put("fovea.kafka.bootstrap-servers", broker.bootstrapServers());
        configuration.put("fovea.kafka.delivery", mode);
        configuration.put("fovea.kafka.group", run);
        configuration.put("fovea.kafka.instance-id", run);
        configuration.put("fovea.kafka.topics.images", topics.images());
        configuration.put("fovea.kafka.topics.results", topics.results());
        configuration.put("fovea.kafka.topics.dead-letters", topics.deadLetters());
        try (ServiceProcess process = service.launch(folder, configuration)) {
            var pauses = new PausedPartitions(process);
            var memory = new GrpcOverload.Highest(process);
            double rate = topics.resultsPerSecond(events, LEFT_OUT, process);
            rates.computeIfAbsent(mode, first -> new ArrayList<>()).add(rate);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("mode", mode);
            row.put("events/s", rate);
            row.put("share of looks at which partitions were paused", pauses.stop());
            row.put("resident MiB at most", memory.stop() >> 20);
            row.put("commits", Watch.metric(process, "fovea_kafka_commit_seconds_count"));
            row.put(
                    "mean commit ms",
                    1000
                            * Watch.metric(process, "fovea_kafka_commit_seconds_sum")
                            / Watch.metric(process, "fovea_kafka_commit_seconds_count"));
            return row;
        }
    }

    private double median(String mode) {
        return Samples.median(rates.getOrDefault(mode, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .toArray());
    }
}
