package dev.fovea.tests.load;

import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.architectures.Precision;
import dev.fovea.architectures.registry.Architectures;
import dev.fovea.inference.session.BatchBuffers;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.onnxruntime.ExecutionProvider.Cpu;
import dev.fovea.onnxruntime.OnnxRuntimeLoader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What a batch costs over one image of the same network, run in turn.
@Command(
        name = "BatchCost",
        mixinStandardHelpOptions = true,
        description = "Time of a batch over the time of one image, for any image network with seeded weights.")
final class BatchCost implements Callable<Integer> {

    @Option(names = "--architecture", defaultValue = "s3n", description = "default: ${DEFAULT-VALUE}")
    private String architecture = "";

    @Option(names = "--trunk", description = "where the architecture has a choice; default: the architecture's")
    private String trunk = "";

    @Option(
            names = "--size",
            defaultValue = "224",
            description = "side of the images, pixels; default: ${DEFAULT-VALUE}")
    private int size;

    @Option(names = "--batch", defaultValue = "8", description = "default: ${DEFAULT-VALUE}")
    private int batch;

    @Option(names = "--threads", defaultValue = "1", description = "default: ${DEFAULT-VALUE}")
    private int threads;

    @Option(names = "--repetitions", defaultValue = "15", description = "interleaved, default: ${DEFAULT-VALUE}")
    private int repetitions;

    @Mixin
    private ReportOptions output = new ReportOptions();

    public static void main(String[] args) {
        System.exit(new CommandLine(new BatchCost()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Map<String, String> options = new LinkedHashMap<>();
        options.put(ImageArchitecture.IMAGE_SIZE, String.valueOf(size));
        if (!trunk.isEmpty()) {
            options.put("trunk", trunk);
        }
        List<Double> one = new ArrayList<>();
        List<Double> many = new ArrayList<>();
        try (var folder = WorkFolder.create("batch-cost")) {
            SeededModel model = SeededModel.write(
                    folder.path(), Architectures.named(architecture), options, Precision.FLOAT32, List.of(1, batch));
            try (ModelSession session =
                    new OnnxRuntimeLoader(List.of(Cpu.withThreads(threads))).load(model.version())) {
                BatchBuffers buffers = RandomImages.fill(session.newBuffers());
                for (int repetition = -1; repetition < repetitions; repetition++) {
                    double single = seconds(session, buffers, 1);
                    double whole = seconds(session, buffers, batch);
                    if (repetition >= 0) { // the first warms up
                        one.add(single);
                        many.add(whole);
                    }
                }
            }
        }
        report(one, many).setting("options", options).publish(System.out, output.json(), Machine.here());
        return 0;
    }

    private static double seconds(ModelSession session, BatchBuffers buffers, int rows) throws Exception {
        long start = System.nanoTime();
        session.run(buffers, rows);
        return (System.nanoTime() - start) / 1e9;
    }

    private Report report(List<Double> one, List<Double> many) {
        return new Report("A batch over one image", "ONNX Runtime alone, seeded weights, noise images, runs in turn.")
                .setting("architecture", architecture)
                .setting("threads", threads)
                .setting("batch", batch)
                .setting("repetitions", repetitions)
                .row(row("one image", 1, one))
                .row(row("batch", batch, many))
                .result("batch over one image, medians", median(many) / median(one))
                .result("batch over one image, shortest", least(many) / least(one));
    }

    private static Map<String, Object> row(String what, int rows, List<Double> seconds) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("what", what);
        row.put("images", rows);
        row.put("ms (median)", median(seconds) * 1e3);
        row.put("ms (shortest)", least(seconds) * 1e3);
        return row;
    }

    private static double median(List<Double> seconds) {
        return Samples.median(seconds.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static double least(List<Double> seconds) {
        return seconds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }
}
