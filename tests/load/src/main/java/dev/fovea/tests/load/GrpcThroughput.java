package dev.fovea.tests.load;

import dev.fovea.inference.session.ModelSession;
import dev.fovea.onnxruntime.ExecutionProvider.Cpu;
import dev.fovea.onnxruntime.OnnxRuntimeLoader;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.ModelVersion;
import dev.fovea.tests.gpu.RawLoop;
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

/// Patches a second through gRPC over those of a raw ONNX Runtime loop.
@Command(
        name = "GrpcThroughput",
        mixinStandardHelpOptions = true,
        description = "Patches a second of the saturated service process over a raw ONNX Runtime loop with the same"
                + " model, batch and threads.")
final class GrpcThroughput implements Callable<Integer> {

    @Option(names = "--patches-per-call", defaultValue = "64", description = "default: ${DEFAULT-VALUE}")
    private int patchesPerCall;

    @Option(names = "--in-flight", defaultValue = "16", description = "calls under way, default: ${DEFAULT-VALUE}")
    private int inFlight;

    @Option(names = "--connections", defaultValue = "1", description = "default: ${DEFAULT-VALUE}")
    private int connections;

    @Option(
            names = "--warm-up",
            defaultValue = "20",
            description = "seconds before the first repetition, default: ${DEFAULT-VALUE}")
    private double warmUp;

    @Option(names = "--seconds", defaultValue = "5", description = "of one repetition, default: ${DEFAULT-VALUE}")
    private double seconds;

    @Option(names = "--repetitions", defaultValue = "5", description = "interleaved, default: ${DEFAULT-VALUE}")
    private int repetitions;

    @Mixin
    private ServiceOptions service = new ServiceOptions();

    @Mixin
    private ReportOptions output = new ReportOptions();

    private final List<Pass> passes = new ArrayList<>();

    /// One repetition.
    ///
    /// @param model rows over the time that the service's model ran
    private record Pass(
            double raw, double rawPerCpu, double grpc, double grpcPerCpu, double model, double rowsPerBatch) {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new GrpcThroughput()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        try (var folder = WorkFolder.create("grpc-throughput")) {
            measure(folder.path()).publish(System.out, output.json(), Machine.here());
        }
        return 0;
    }

    private Report measure(Path folder) throws Exception {
        ModelVersion model = service.writeModel(folder);
        Call<?, ?> call = Call.describe(Requests.patches(patchesPerCall));
        try (ServiceProcess process = service.start(folder, Map.of());
                var driver = new GrpcDriver(process.grpcPort(), connections);
                var raw = new RawLoop(
                        model.file(), manifest(model), Cpu.withThreads(service.threads()), service.batch())) {
            driver.closedLoop(call, inFlight, 0, warmUp);
            Rate.of(raw::run, 1);
            for (int repetition = 0; repetition < repetitions; repetition++) {
                passes.add(pass(driver, process, call, raw));
            }
        }
        return report();
    }

    private Pass pass(GrpcDriver driver, ServiceProcess process, Call<?, ?> call, RawLoop raw) throws Exception {
        double rawCpu = Watch.ownCpuSeconds();
        double rawRate = Rate.of(raw::run, seconds);
        double rawRows = rawRate * seconds;
        rawCpu = Watch.ownCpuSeconds() - rawCpu;

        double infer = Watch.metric(process, "fovea_batch_infer_seconds_sum");
        double rows = Watch.metric(process, "fovea_batch_rows_sum");
        double batches = Watch.metric(process, "fovea_batch_rows_count");
        double cpu = Watch.cpuSeconds(process);
        Outcome outcome = driver.closedLoop(call, inFlight, 0, seconds);
        cpu = Watch.cpuSeconds(process) - cpu;
        rows = Watch.metric(process, "fovea_batch_rows_sum") - rows;
        infer = Watch.metric(process, "fovea_batch_infer_seconds_sum") - infer;
        batches = Watch.metric(process, "fovea_batch_rows_count") - batches;
        if (!outcome.failures().isEmpty()) {
            throw new IllegalStateException("calls failed: " + outcome.failures());
        }
        return new Pass(rawRate, rawRows / rawCpu, outcome.rows() / seconds, rows / cpu, rows / infer, rows / batches);
    }

    private Report report() {
        var report = new Report(
                        "gRPC throughput over the raw loop",
                        "Client, network stack and service share the machine's processors with each other; the raw loop"
                                + " has them alone. Per processor-second leaves the client out: what the service would"
                                + " reach if its callers were elsewhere.")
                .setting("patches a call", patchesPerCall)
                .setting("calls in flight", inFlight)
                .setting("connections", connections)
                .setting("repetitions", repetitions)
                .setting("seconds", seconds);
        service.describe(report);
        for (Pass pass : passes) {
            report.row(row(pass));
        }
        double raw = median(passes.stream().mapToDouble(Pass::raw).toArray());
        double grpc = median(passes.stream().mapToDouble(Pass::grpc).toArray());
        report.result("raw patches/s (median)", raw);
        report.result("gRPC patches/s (median)", grpc);
        report.result("ratio of medians (goal 0.95)", grpc / raw);
        report.result(
                "server-side ratio, per processor-second",
                median(passes.stream().mapToDouble(Pass::grpcPerCpu).toArray())
                        / median(passes.stream().mapToDouble(Pass::rawPerCpu).toArray()));
        return report;
    }

    private static Map<String, Object> row(Pass pass) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("raw patches/s", pass.raw());
        row.put("gRPC patches/s", pass.grpc());
        row.put("ratio", pass.grpc() / pass.raw());
        row.put("per processor-second", pass.grpcPerCpu() / pass.rawPerCpu());
        row.put("patches/s while the model runs", pass.model());
        row.put("rows a batch", pass.rowsPerBatch());
        return row;
    }

    private static double median(double[] values) {
        return Samples.median(values);
    }

    private ModelManifest manifest(ModelVersion model) throws Exception {
        var loader = new OnnxRuntimeLoader(List.of(Cpu.withThreads(1)));
        try (ModelSession session = loader.load(model)) {
            return session.manifest();
        }
    }
}
