package dev.fovea.tests.load;

import dev.fovea.tests.support.ServiceProcess;
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

/// Seconds from start to ready, and memory when idle.
@Command(
        name = "StartUp",
        mixinStandardHelpOptions = true,
        description = "Starts the service again and again: seconds until it is ready, and its resident memory some"
                + " seconds later, idle.")
final class StartUp implements Callable<Integer> {

    private static final double GIVE_UP_SECONDS = 120;

    @Option(names = "--repetitions", defaultValue = "5", description = "default: ${DEFAULT-VALUE}")
    private int repetitions;

    @Option(names = "--idle-seconds", defaultValue = "5", description = "default: ${DEFAULT-VALUE}")
    private double idleSeconds;

    @Mixin
    private ServiceOptions service = new ServiceOptions();

    @Mixin
    private ReportOptions output = new ReportOptions();

    public static void main(String[] args) {
        System.exit(new CommandLine(new StartUp()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        try (var folder = WorkFolder.create("start-up")) {
            measure(folder.path()).publish(System.out, output.json(), Machine.here());
        }
        return 0;
    }

    private Report measure(Path folder) throws Exception {
        service.writeModel(folder);
        var report = new Report(
                "Start to ready, and resident memory idle",
                "From the start of the JVM until readiness answers 200: libraries unpacked, model loaded, every bucket"
                        + " run once, stored sample checked. Kafka is off.");
        service.describe(report);
        List<Double> seconds = new ArrayList<>();
        List<Double> megabytes = new ArrayList<>();
        for (int repetition = 0; repetition < repetitions; repetition++) {
            long start = System.nanoTime();
            try (ServiceProcess process = service.launch(folder, Map.of())) {
                awaitReady(process, start);
                seconds.add((System.nanoTime() - start) / 1e9);
                Thread.sleep((long) (1000 * idleSeconds));
                megabytes.add(process.residentBytes() / (double) (1 << 20));
            }
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("seconds to ready", seconds.getLast());
            row.put("resident MiB idle", megabytes.getLast());
            report.row(row);
        }
        report.result("seconds to ready (median)", median(seconds));
        report.result("resident MiB idle (median)", median(megabytes));
        return report;
    }

    private static void awaitReady(ServiceProcess process, long start) throws Exception {
        while (process.status("/q/health/ready") != 200) {
            if (!process.process().isAlive() || System.nanoTime() - start > GIVE_UP_SECONDS * 1e9) {
                throw new IllegalStateException("the service did not become ready:\n" + process.tail());
            }
            Thread.sleep(10);
        }
    }

    private static double median(List<Double> values) {
        return Samples.median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
