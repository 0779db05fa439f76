package dev.fovea.tests.load;

import dev.fovea.tests.support.ServiceProcess;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Latency at a share of the saturation load.
@Command(
        name = "GrpcLatency",
        mixinStandardHelpOptions = true,
        description = "Finds the saturation throughput, then sends a share of it at fixed moments and reports p50 and"
                + " p99, counted from the moment a call was due.")
final class GrpcLatency implements Callable<Integer> {

    @Option(
            names = "--share",
            split = ",",
            defaultValue = "0.7",
            description = "of the saturation load, default: ${DEFAULT-VALUE}")
    private List<Double> shares = List.of();

    @Mixin
    private LoadOptions load = new LoadOptions();

    @Mixin
    private ServiceOptions service = new ServiceOptions();

    @Mixin
    private ReportOptions output = new ReportOptions();

    public static void main(String[] args) {
        System.exit(new CommandLine(new GrpcLatency()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        try (var folder = WorkFolder.create("grpc-latency")) {
            measure(folder.path()).publish(System.out, output.json(), Machine.here());
        }
        return 0;
    }

    private Report measure(Path folder) throws Exception {
        service.writeModel(folder);
        Call<?, ?> call = load.call();
        var report = new Report(
                "gRPC latency under a share of the saturation load",
                "Open loop: calls leave at fixed moments and latency counts from there. Client and service share the"
                        + " processors.");
        load.describe(report, call);
        service.describe(report);
        try (ServiceProcess process = service.start(folder, Map.of());
                GrpcDriver driver = load.driver(process.grpcPort())) {
            Outcome saturated = load.saturate(driver, call);
            double capacity = saturated.answers() / load.seconds();
            report.row(row("saturated (closed loop)", capacity, saturated));
            for (double share : shares) {
                Outcome outcome = driver.openLoop(call, share * capacity, load.warmUp(), load.seconds(), 0);
                report.row(row("%.0f %%".formatted(100 * share), share * capacity, outcome));
            }
        }
        return report;
    }

    private Map<String, Object> row(String name, double offered, Outcome outcome) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("load", name);
        row.put("calls/s offered", offered);
        row.put("calls/s answered", outcome.answers() / load.seconds());
        row.put("p50 ms", outcome.latencyMillis(0.5));
        row.put("p90 ms", outcome.latencyMillis(0.9));
        row.put("p99 ms", outcome.latencyMillis(0.99));
        row.put("failures", outcome.failures());
        return row;
    }
}
