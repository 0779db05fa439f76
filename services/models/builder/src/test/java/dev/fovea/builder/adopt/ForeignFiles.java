package dev.fovea.builder.adopt;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.fovea.inference.session.BatchBuffers;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.inference.session.SessionException;
import dev.fovea.inference.session.WarmUp;
import dev.fovea.onnx.Attribute;
import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.OnnxFile;
import dev.fovea.onnx.OnnxWriter;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Linear;
import dev.fovea.onnx.op.Pool;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import dev.fovea.onnxruntime.ExecutionProvider;
import dev.fovea.onnxruntime.OnnxRuntimeLoader;
import dev.fovea.repository.ManifestJson;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.ModelVersion;
import dev.fovea.repository.StoredSample;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Files that another maker could have written, and what they answer.
final class ForeignFiles {

    static final int SIDE = 8;
    static final int CHANNELS = 4;
    static final int CLASSES = 3;

    private ForeignFiles() {}

    /// float32 (n, 3, h, w) to `features` (n, 4, h, w) and `logits` (n, 3); sizes open.
    static byte[] classifier() {
        var graph = new Graph("foreign");
        Value input = graph.input("input", DataType.FLOAT32, open("n", "3", "h", "w"));
        Value features = features(input);
        graph.output("features", features);
        graph.output("logits", logits(features));
        return OnnxWriter.write(graph, Map.of());
    }

    /// float32 (n, 8, 8, 3) to probabilities (n, 3).
    static byte[] channelsLast() {
        var graph = new Graph("foreign");
        Value input = graph.input("input", DataType.FLOAT32, Shape.batchOf(SIDE, SIDE, 3));
        Value scores = logits(features(Layout.transpose(input, 0, 3, 1, 2)));
        graph.output("probabilities", Elementwise.softmax(scores, 1));
        return OnnxWriter.write(graph, Map.of());
    }

    /// A single input of a shape, multiplied by two.
    static byte[] doubling(DataType type, Shape shape) {
        var graph = new Graph("foreign");
        Value input = graph.input("input", type, shape);
        Value x = type == DataType.FLOAT32 ? input : Elementwise.cast(input, DataType.FLOAT32);
        graph.output("output", Elementwise.scale(x, 2));
        return OnnxWriter.write(graph, Map.of());
    }

    /// Two inputs.
    static byte[] adding() {
        var graph = new Graph("foreign");
        Shape shape = Shape.batchOf(3, SIDE, SIDE);
        graph.output(
                "sum",
                Elementwise.add(
                        graph.input("left", DataType.FLOAT32, shape), graph.input("right", DataType.FLOAT32, shape)));
        return OnnxWriter.write(graph, Map.of());
    }

    /// @param sizes a number or a name
    static Shape open(String... sizes) {
        return new Shape(List.of(sizes).stream()
                .map(size -> size.matches("[0-9]+") ? Dim.of(Long.parseLong(size)) : Dim.named(size))
                .toList());
    }

    private static Value features(Value input) {
        Value kernel = input.graph().constant("kernel", noise(1, CHANNELS * 3 * 9), Shape.of(CHANNELS, 3, 3, 3));
        // Not by the typed operator, which wants to know the sizes.
        Value maps = input.graph()
                .node(
                        "Conv",
                        List.of(input, kernel),
                        Map.of("pads", Attribute.ofAll(1, 1, 1, 1)),
                        DataType.FLOAT32,
                        input.shape().with(1, Dim.of(CHANNELS)));
        return Elementwise.relu(maps);
    }

    private static Value logits(Value features) {
        Value weight = features.graph().constant("weight", noise(2, CLASSES * CHANNELS), Shape.of(CLASSES, CHANNELS));
        Value bias = features.graph().constant("bias", noise(3, CLASSES), Shape.of(CLASSES));
        return Linear.gemm(Layout.flatten(Pool.globalAverage(features)), weight, bias);
    }

    /// Numbers of [-1, 1).
    static float[] noise(long seed, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (StoredSample.splitMix64(seed, i) >> 40) * 0x1p-23f;
        }
        return values;
    }

    /// Bytes of one item.
    static byte[] bytes(long seed, int count) {
        byte[] values = new byte[count];
        for (int i = 0; i < count; i++) {
            values[i] = (byte) (StoredSample.splitMix64(seed, i) >>> 56);
        }
        return values;
    }

    /// One item's answer of a file as it is, without Fovea.
    static float[] raw(byte[] file, String input, float[] values, long[] shape, String output) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(file);
                OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
                OrtSession.Result result = session.run(Map.of(input, tensor), Set.of(output))) {
            FloatBuffer answer = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] numbers = new float[answer.remaining()];
            answer.get(numbers);
            return numbers;
        }
    }

    /// One item's answer of an adopted model, which has passed a service's warm-up.
    static float[] adopted(ModelVersion model, byte[] item) throws SessionException {
        try (ModelSession session = new OnnxRuntimeLoader(List.of(ExecutionProvider.Cpu.withThreads(1))).load(model)) {
            BatchBuffers buffers = session.newBuffers();
            WarmUp.run(session, buffers);
            buffers.input().bytes().put(0, item);
            session.run(buffers, 1);
            return buffers.outputs().getFirst().row(0);
        }
    }

    static ModelManifest manifest(ModelVersion model) throws IOException {
        return ManifestJson.read(OnnxFile.read(Files.readAllBytes(model.file()))
                .metadata()
                .getOrDefault(ModelManifest.METADATA_KEY, ""));
    }

    /// A file of the shared test data, where there is any: under FOVEA_SHARED, else beside the repository.
    static Optional<Path> shared(String path) {
        String configured = System.getenv("FOVEA_SHARED");
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(root.resolve(".mvn"))) {
            root = root.resolve("..").normalize();
        }
        Path folder = configured == null ? root.resolveSibling("shared") : Path.of(configured);
        return Optional.of(folder.resolve(path)).filter(Files::exists);
    }
}
