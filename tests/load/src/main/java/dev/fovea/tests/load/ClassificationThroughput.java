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
import java.util.function.ToDoubleFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Photographs a second through the classification service over raw ONNX Runtime loops, without and with decoding.
@Command(
        name = "ClassificationThroughput",
        mixinStandardHelpOptions = true,
        description = "Encoded photographs a second of the saturated classification service, over a raw ONNX Runtime"
                + " loop on prepared tensors and over one whose second thread decodes.")
final class ClassificationThroughput implements Callable<Integer> {

    private static final String MODEL = "birds";

    @Option(names = "--in-flight", defaultValue = "24", description = "calls under way, default: ${DEFAULT-VALUE}")
    private int inFlight;

    @Option(
            names = "--warm-up",
            defaultValue = "20",
            description = "seconds before the first repetition, default: ${DEFAULT-VALUE}")
    private double warmUp;

    @Option(names = "--seconds", defaultValue = "8", description = "of one measurement, default: ${DEFAULT-VALUE}")
    private double seconds;

    @Option(names = "--repetitions", defaultValue = "5", description = "interleaved, default: ${DEFAULT-VALUE}")
    private int repetitions;

    @Mixin
    private ClassifierOptions classifier = new ClassifierOptions();

    @Mixin
    private ReportOptions output = new ReportOptions();

    private final List<Pass> passes = new ArrayList<>();

    /// One repetition, images a second.
    ///
    /// @param raw prepared tensors, the model alone
    /// @param decoding as `raw`, fed by a second thread that decodes
    /// @param decoded that thread without the model
    /// @param model rows over the time that the service's model ran
    /// @param servicePerCpu images a second of the service's own processor time
    /// @param decodingPerCpu the same of the decoding loop
    private record Pass(
            double raw,
            double decoding,
            double decoded,
            double service,
            double model,
            double servicePerCpu,
            double decodingPerCpu,
            double rowsPerBatch) {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new ClassificationThroughput()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        try (var folder = WorkFolder.create("classification-throughput")) {
            measure(folder.path()).publish(System.out, output.json(), Machine.here());
        }
        return 0;
    }

    private Report measure(Path folder) throws Exception {
        ModelVersion model = classifier.adopt(folder, MODEL);
        ModelManifest manifest = manifest(model);
        List<byte[]> photographs = classifier.photographs();
        Call<?, ?> call = Call.classify(ClassifierOptions.requests(photographs));
        try (ServiceProcess process = classifier.start(folder, MODEL);
                var driver = new GrpcDriver(process.grpcPort(), 1);
                var raw =
                        new RawLoop(model.file(), manifest, Cpu.withThreads(classifier.threads()), classifier.batch());
                var decoding = new DecodingLoop(raw, manifest, classifier.batch(), photographs)) {
            driver.closedLoop(call, inFlight, 0, warmUp);
            decoding.perSecond(warmUp / 4);
            for (int repetition = 0; repetition < repetitions; repetition++) {
                passes.add(pass(driver, process, call, raw, decoding));
            }
        }
        return report(photographs);
    }

    private Pass pass(GrpcDriver driver, ServiceProcess process, Call<?, ?> call, RawLoop raw, DecodingLoop decoding)
            throws Exception {
        double rawRate = Rate.of(raw::run, seconds);
        double decoded = decoding.decodedPerSecond(seconds / 4);
        double ownCpu = Watch.ownCpuSeconds();
        double decodingRate = decoding.perSecond(seconds);
        ownCpu = Watch.ownCpuSeconds() - ownCpu;

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
        return new Pass(
                rawRate,
                decodingRate,
                decoded,
                outcome.rows() / seconds,
                rows / infer,
                rows / cpu,
                decodingRate * seconds / ownCpu,
                rows / batches);
    }

    private Report report(List<byte[]> photographs) {
        var report = new Report(
                        "Classification of encoded photographs over the raw loop",
                        "raw: one thread runs the model on prepared tensors, the second processor idle. decoding: the"
                                + " same thread, fed by a second one that decodes and preprocesses. service: encoded"
                                + " files through gRPC; decoding, preprocessing, network stack and the client itself"
                                + " share the processor that the model does not run on. Per processor-second counts"
                                + " the service's own time only, the client's not.")
                .setting("calls in flight", inFlight)
                .setting("repetitions", repetitions)
                .setting("seconds", seconds);
        classifier.describe(report, photographs);
        passes.forEach(pass -> report.row(row(pass)));
        double service = median(Pass::service);
        report.result("raw, images/s (median)", median(Pass::raw))
                .result("decoding, images/s (median)", median(Pass::decoding))
                .result("decoded and preprocessed alone, images/s (median)", median(Pass::decoded))
                .result("service, images/s (median)", service)
                .result("service over raw (goal 0.95)", service / median(Pass::raw))
                .result("service over decoding", service / median(Pass::decoding))
                .result(
                        "service over decoding, per processor-second",
                        median(Pass::servicePerCpu) / median(Pass::decodingPerCpu));
        return report;
    }

    private static Map<String, Object> row(Pass pass) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("raw", pass.raw());
        row.put("decoding", pass.decoding());
        row.put("service", pass.service());
        row.put("over raw", pass.service() / pass.raw());
        row.put("over decoding", pass.service() / pass.decoding());
        row.put("service while its model runs", pass.model());
        row.put("rows a batch", pass.rowsPerBatch());
        return row;
    }

    private double median(ToDoubleFunction<Pass> value) {
        return Samples.median(passes.stream().mapToDouble(value).toArray());
    }

    private static ModelManifest manifest(ModelVersion model) throws Exception {
        var loader = new OnnxRuntimeLoader(List.of(Cpu.withThreads(1)));
        try (ModelSession session = loader.load(model)) {
            return session.manifest();
        }
    }
}
