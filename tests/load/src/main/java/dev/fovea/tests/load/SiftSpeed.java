package dev.fovea.tests.load;

import dev.fovea.inference.Tensor;
import dev.fovea.inference.session.BatchBuffers;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.onnxruntime.ExecutionProvider.Cpu;
import dev.fovea.onnxruntime.OnnxRuntimeLoader;
import dev.fovea.repository.ElementType;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.opencv.core.Core;
import org.opencv.core.KeyPoint;
import org.opencv.core.Mat;
import org.opencv.core.MatOfKeyPoint;
import org.opencv.features2d.SIFT;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// SIFTNet patches a second over OpenCV's `SIFT.compute` keypoints a second, on the same processors.
@Command(
        name = "SiftSpeed",
        mixinStandardHelpOptions = true,
        description = "SIFTNet patches a second over OpenCV SIFT.compute keypoints a second, by batch size.")
final class SiftSpeed implements Callable<Integer> {

    private static final int PATCH_PX = 32;

    @Option(
            names = "--batches",
            split = ",",
            defaultValue = "1,8,32,64,128,256",
            description = "default: ${DEFAULT-VALUE}")
    private List<Integer> batches = List.of();

    @Option(names = "--threads", defaultValue = "2", description = "for either side, default: ${DEFAULT-VALUE}")
    private int threads;

    @Option(
            names = "--input",
            defaultValue = "UINT8",
            description = "patches as UINT8 or FLOAT32, default: ${DEFAULT-VALUE}")
    private ElementType input = ElementType.UINT8;

    @Option(names = "--spinning", description = "let idle ONNX Runtime threads spin")
    private boolean spinning;

    @Option(names = "--seconds", defaultValue = "1", description = "of one repetition, default: ${DEFAULT-VALUE}")
    private double seconds;

    @Option(names = "--repetitions", defaultValue = "7", description = "interleaved, default: ${DEFAULT-VALUE}")
    private int repetitions;

    @Option(
            names = "--keypoints",
            defaultValue = "1000",
            description = "most that are detected, default: ${DEFAULT-VALUE}")
    private int keypoints;

    @Option(names = "--image", description = "for the keypoints and patches, default: noise of 800 x 640")
    private Optional<Path> image = Optional.empty();

    @Mixin
    private ReportOptions output = new ReportOptions();

    private final Map<String, List<Double>> rates = new LinkedHashMap<>();

    public static void main(String[] args) {
        System.exit(new CommandLine(new SiftSpeed()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Mat grey = Scene.grey(image);
        Core.setNumThreads(threads);
        SIFT sift = SIFT.create(keypoints);
        List<KeyPoint> found = detect(sift, grey);
        var loader = new OnnxRuntimeLoader(List.of(new Cpu(threads, spinning)));
        try (var folder = WorkFolder.create("sift-speed");
                ModelSession session = loader.load(SiftNetModel.write(folder.path(), input, batches))) {
            BatchBuffers buffers = session.newBuffers();
            fill(
                    buffers.input(),
                    Scene.patches(grey, PATCH_PX, session.manifest().maxBatch()));
            for (int repetition = -1; repetition < repetitions; repetition++) {
                repeat(sift, grey, found, session, buffers, repetition < 0);
            }
        }
        report(grey, found.size()).publish(System.out, output.json(), Machine.here());
        return 0;
    }

    /// The first repetition warms both up and is not counted.
    private void repeat(
            SIFT sift, Mat grey, List<KeyPoint> found, ModelSession session, BatchBuffers buffers, boolean warmUp)
            throws Exception {
        List<KeyPoint> half = everySecond(found);
        record("opencv", Rate.of(() -> compute(sift, grey, found), seconds), warmUp);
        record("opencv-half", Rate.of(() -> compute(sift, grey, half), seconds), warmUp);
        for (int batch : batches) {
            record("siftnet-" + batch, Rate.of(() -> session.run(buffers, batch), seconds), warmUp);
        }
    }

    private void record(String what, double rate, boolean warmUp) {
        if (!warmUp) {
            rates.computeIfAbsent(what, first -> new ArrayList<>()).add(rate);
        }
    }

    private Report report(Mat grey, int found) {
        var report = new Report(
                        "SIFTNet over OpenCV SIFT",
                        "SIFTNet: ONNX Runtime on patches in memory, extraction left out. OpenCV: SIFT.compute on given"
                                + " keypoints, its Gaussian pyramid included.")
                .setting("threads", threads)
                .setting("input", input)
                .setting("spinning", spinning)
                .setting("repetitions", repetitions)
                .setting("seconds", seconds)
                .setting("image", grey.cols() + " x " + grey.rows())
                .setting("keypoints", found);
        double openCv = median("opencv");
        report.row(row("OpenCV SIFT.compute", found, "opencv", openCv));
        double best = 0;
        for (int batch : batches) {
            report.row(row("SIFTNet", batch, "siftnet-" + batch, openCv));
            best = Math.max(best, median("siftnet-" + batch));
        }
        report.result("best ratio (goal 3.0)", best / openCv);
        report.result("best ratio, OpenCV's pyramid left out", best / withoutPyramid(found));
        return report;
    }

    private Map<String, Object> row(String what, int batch, String key, double openCv) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("what", what);
        row.put("batch", batch);
        row.put("per second (median)", median(key));
        row.put("ratio", median(key) / openCv);
        row.put("spread", Samples.spread(values(key)));
        return row;
    }

    /// Keypoints a second of what grows with their number: the time of all minus that of half of them.
    private double withoutPyramid(int found) {
        double all = found / median("opencv");
        int fewer = found / 2;
        double difference = all - fewer / median("opencv-half");
        return difference > 0 ? (found - fewer) / difference : Double.NaN; // a busy machine can hide it
    }

    private double median(String key) {
        return Samples.median(values(key));
    }

    private double[] values(String key) {
        return rates.getOrDefault(key, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private static List<KeyPoint> detect(SIFT sift, Mat grey) {
        var found = new MatOfKeyPoint();
        sift.detect(grey, found);
        return found.toList();
    }

    private static List<KeyPoint> everySecond(List<KeyPoint> all) {
        List<KeyPoint> half = new ArrayList<>();
        for (int i = 1; i < all.size(); i += 2) {
            half.add(all.get(i));
        }
        return half;
    }

    private static int compute(SIFT sift, Mat grey, List<KeyPoint> keypoints) {
        var given = new MatOfKeyPoint();
        given.fromList(keypoints);
        var descriptors = new Mat();
        sift.compute(grey, given, descriptors);
        int count = descriptors.rows();
        descriptors.release();
        given.release();
        return count;
    }

    private static void fill(Tensor target, byte[] pixels) {
        if (target.elementType() == ElementType.UINT8) {
            target.bytes().put(pixels);
            return;
        }
        FloatBuffer floats = target.floats();
        for (byte pixel : pixels) {
            floats.put((pixel & 0xFF) / 255f);
        }
    }
}
