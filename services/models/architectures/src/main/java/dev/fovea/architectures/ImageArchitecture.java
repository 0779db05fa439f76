package dev.fovea.architectures;

import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.shape.Shape;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.PixelNormalization;
import dev.fovea.repository.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// An image network as an architecture: the input in its serving form, normalisation inside, and the manifest.
///
/// The manifest has no stored sample: whoever can run the model records one.
public record ImageArchitecture(ImageNetwork network) implements Architecture {

    public static final String INPUT = "images";
    public static final String IMAGE_SIZE = "image_size";
    public static final String CLASSES = "classes";
    public static final String CLASSIFICATION = "fine-grained-classification";
    public static final String RETRIEVAL = "global-retrieval";

    private static final int MAX_SIDE = 2048;
    private static final int MAX_CLASSES = 100_000;
    private static final int DEFAULT_CLASSES = 200;
    private static final List<Integer> DEFAULT_BUCKETS = List.of(1, 2, 4, 8);
    private static final int CHANNELS = 3;
    private static final double WHITE = 255;

    @Override
    public String name() {
        return network.name();
    }

    @Override
    public String task() {
        return network.task();
    }

    @Override
    public String summary() {
        return network.summary();
    }

    @Override
    public boolean takesWeights() {
        return network.takesWeights();
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>();
        options.add(new Option(
                IMAGE_SIZE,
                String.valueOf(network.defaultSize()),
                "32 to " + MAX_SIDE,
                "side of the square input, pixels"));
        if (task().equals(CLASSIFICATION)) {
            options.add(
                    new Option(CLASSES, String.valueOf(DEFAULT_CLASSES), "1 to " + MAX_CLASSES, "number of classes"));
        }
        options.addAll(network.options());
        return options;
    }

    @Override
    public BuiltModel build(ModelRequest request) {
        var values = new OptionValues(options(), request.options());
        int size = values.wholeNumber(IMAGE_SIZE, 32, MAX_SIDE);
        requireLabels(request, values);
        ImagePreprocessing preprocessing = network.preprocessing(size, values);
        ServingForm form = request.form();
        var graph = new Graph(name());
        Value pixels = pixels(graph, form.input(), preprocessing);
        WeightScope weights = WeightScope.of(request.weights());
        List<NetworkOutput> outputs = network.apply(pixels, weights, values, form.precision());
        weights.requireAllUsedAndFound();
        outputs.forEach(output -> graph.output(output.name(), output.value()));
        ModelManifest manifest = manifest(request, values, preprocessing, outputs);
        return new BuiltModel(form.foldBatchNorm() ? graph.withBatchNormFolded() : graph, manifest);
    }

    private ModelManifest manifest(
            ModelRequest request, OptionValues values, ImagePreprocessing preprocessing, List<NetworkOutput> outputs) {
        ServingForm form = request.form();
        return new ModelManifest(
                request.name(),
                request.version(),
                task(),
                name(),
                parameters(values, outputs),
                inputs(form.input(), preprocessing, network.furtherInputs(values)),
                outputs.stream().map(ImageArchitecture::spec).toList(),
                preprocessing,
                request.labels(),
                network.unitNorm(values) ? "l2" : "none",
                form.batchBuckets().isEmpty() ? DEFAULT_BUCKETS : form.batchBuckets(),
                request.weights().origin().provenance(request.builder()),
                network.paper(),
                Optional.empty());
    }

    /// The options, of a classifier what its scores are, and which outputs only explain.
    private Map<String, String> parameters(OptionValues values, List<NetworkOutput> outputs) {
        Map<String, String> parameters = new TreeMap<>(values.asMap());
        List<String> explaining = outputs.stream()
                .filter(NetworkOutput::explains)
                .map(NetworkOutput::name)
                .toList();
        if (!explaining.isEmpty()) {
            parameters.put(ModelManifest.EXPLAINS, String.join(",", explaining));
        }
        if (task().equals(CLASSIFICATION)) {
            parameters.put("scores", "logits");
        }
        return parameters;
    }

    private void requireLabels(ModelRequest request, OptionValues values) {
        if (!task().equals(CLASSIFICATION)) {
            return;
        }
        int classes = values.wholeNumber(CLASSES, 1, MAX_CLASSES);
        if (!request.labels().isEmpty() && request.labels().size() != classes) {
            throw new IllegalArgumentException(
                    request.labels().size() + " labels do not name " + classes + " classes (option " + CLASSES + ")");
        }
    }

    /// The graph's input and what the network sees of it: float32 (N, 3, H, W).
    private static Value pixels(Graph graph, ElementType type, ImagePreprocessing preprocessing) {
        long height = preprocessing.heightPx();
        long width = preprocessing.widthPx();
        boolean bytes = type == ElementType.UINT8;
        Value unit;
        if (bytes) {
            Value images = graph.input(INPUT, DataType.UINT8, Shape.batchOf(height, width, CHANNELS));
            unit = Elementwise.cast(Layout.transpose(images, 0, 3, 1, 2), DataType.FLOAT32); // (N, 3, H, W)
        } else {
            unit = graph.input(INPUT, DataType.FLOAT32, Shape.batchOf(CHANNELS, height, width));
        }
        PixelNormalization normalization = preprocessing.normalization();
        float[] scale = new float[CHANNELS];
        float[] shift = new float[CHANNELS];
        for (int c = 0; c < CHANNELS; c++) {
            double std = normalization.std().get(c);
            scale[c] = (float) (1 / (bytes ? WHITE * std : std));
            shift[c] = (float) (-normalization.mean().get(c) / std);
        }
        Shape perChannel = Shape.of(1, CHANNELS, 1, 1);
        Value scaled = Elementwise.mul(unit, graph.constant("scale", scale, perChannel));
        return Elementwise.add(scaled, graph.constant("shift", shift, perChannel));
    }

    private static List<TensorSpec> inputs(
            ElementType type, ImagePreprocessing preprocessing, List<TensorSpec> further) {
        List<TensorSpec> inputs = new ArrayList<>(List.of(input(type, preprocessing)));
        inputs.addAll(further);
        return inputs;
    }

    private static TensorSpec input(ElementType type, ImagePreprocessing preprocessing) {
        int height = preprocessing.heightPx();
        int width = preprocessing.widthPx();
        String order = preprocessing.channels().name();
        return type == ElementType.UINT8
                ? new TensorSpec(INPUT, type, List.of(height, width, CHANNELS), order + " images, 0 to 255")
                : new TensorSpec(INPUT, type, List.of(CHANNELS, height, width), order + " planes, 0 to 1");
    }

    private static TensorSpec spec(NetworkOutput output) {
        Shape shape = output.value().shape();
        List<Integer> item = new ArrayList<>();
        for (int axis = 1; axis < shape.rank(); axis++) {
            item.add(Math.toIntExact(shape.size(axis)));
        }
        return new TensorSpec(output.name(), ElementType.FLOAT32, item, output.meaning());
    }
}
