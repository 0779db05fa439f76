package dev.fovea.architectures;

import dev.fovea.architectures.layers.L2Normalize;
import dev.fovea.architectures.layers.PcaProjection;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.shape.Shape;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.PatchPreprocessing;
import dev.fovea.repository.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A patch network as an architecture: the input in its serving form, compression, norm and the manifest.
///
/// Compression takes the tensors `mean` (D) and `components` (D, k) from the weights, see [PcaProjection];
/// what it compresses are descriptors of unit norm, as the service hands them out.
///
/// The manifest has no stored sample: whoever can run the model records one.
public record PatchArchitecture(PatchNetwork network) implements Architecture {

    public static final String INPUT = "patches";
    public static final String OUTPUT = "descriptors";
    public static final String PCA = "pca";
    public static final String NORMALISE = "normalise";
    public static final String MAGNIFICATION = "magnification";
    public static final String TASK = "patch-description";

    private static final int MAX_DIMENSIONS = 4096;
    private static final double MAX_MAGNIFICATION = 64;
    private static final List<Integer> DEFAULT_BUCKETS = List.of(1, 8, 16, 32, 64);
    private static final float WHITE = 255;

    @Override
    public String name() {
        return network.name();
    }

    @Override
    public String task() {
        return TASK;
    }

    @Override
    public String summary() {
        return network.summary();
    }

    @Override
    public boolean takesWeights() {
        return true;
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(network.options());
        options.add(new Option(
                PCA,
                String.valueOf(network.compressed()),
                "0 to " + MAX_DIMENSIONS,
                "dimensions kept by the tensors mean and components of the weights; 0 for no compression"));
        options.add(new Option(
                NORMALISE,
                String.valueOf(network.normalises()),
                "true or false",
                "division of a descriptor by its norm; compressed ones always have it"));
        options.add(new Option(
                MAGNIFICATION,
                String.valueOf(network.magnification()),
                "above 0, at most " + MAX_MAGNIFICATION,
                "side of the square that a patch shows, over the keypoint's radius"));
        return options;
    }

    @Override
    public BuiltModel build(ModelRequest request) {
        var values = new OptionValues(options(), request.options());
        int compressed = values.wholeNumber(PCA, 0, MAX_DIMENSIONS);
        boolean unitNorm = compressed > 0 || values.flag(NORMALISE);
        ServingForm form = request.form();
        var graph = new Graph(name());
        WeightScope weights = WeightScope.of(request.weights());
        Value raw = network.apply(patches(graph, form.input()), weights, values, form.precision()); // (N, D)
        Value descriptors = unitNorm ? L2Normalize.DEFAULT.apply(raw) : raw;
        if (compressed > 0) {
            descriptors = new PcaProjection(compressed).apply(descriptors, weights);
        } else {
            weights.leave(PcaProjection.MEAN);
            weights.leave(PcaProjection.COMPONENTS);
        }
        weights.requireAllUsedAndFound();
        graph.output(OUTPUT, descriptors);
        ModelManifest manifest =
                manifest(request, values, output(descriptors, unitNorm, compressed), unitNorm ? "l2" : "none");
        return new BuiltModel(form.foldBatchNorm() ? graph.withBatchNormFolded() : graph, manifest);
    }

    private ModelManifest manifest(ModelRequest request, OptionValues values, TensorSpec output, String norm) {
        ServingForm form = request.form();
        return new ModelManifest(
                request.name(),
                request.version(),
                task(),
                name(),
                values.asMap(),
                List.of(input(form.input())),
                List.of(output),
                new PatchPreprocessing(network.patchSize(), magnification(values)),
                List.of(),
                norm,
                form.batchBuckets().isEmpty() ? DEFAULT_BUCKETS : form.batchBuckets(),
                request.weights().origin().provenance(request.builder()),
                network.paper(),
                Optional.empty());
    }

    private static double magnification(OptionValues values) {
        double magnification = values.number(MAGNIFICATION);
        if (!(magnification > 0 && magnification <= MAX_MAGNIFICATION)) {
            throw new IllegalArgumentException(
                    MAGNIFICATION + " " + magnification + " is outside (0, " + MAX_MAGNIFICATION + "]");
        }
        return magnification;
    }

    /// The graph's input and what the network sees of it: float32 (N, 1, S, S), 0 to 255.
    private Value patches(Graph graph, ElementType type) {
        Shape shape = Shape.batchOf(network.patchSize(), network.patchSize());
        Value grey = type == ElementType.UINT8
                ? Elementwise.cast(graph.input(INPUT, DataType.UINT8, shape), DataType.FLOAT32)
                : Elementwise.scale(graph.input(INPUT, DataType.FLOAT32, shape), WHITE);
        return Layout.unsqueeze(grey, 1);
    }

    private TensorSpec input(ElementType type) {
        String range = type == ElementType.UINT8 ? "0 to 255" : "0 to 1";
        return new TensorSpec(
                INPUT,
                type,
                List.of(network.patchSize(), network.patchSize()),
                "grey patches, row major, " + range + ", upright along the keypoint's orientation");
    }

    private static TensorSpec output(Value descriptors, boolean unitNorm, int compressed) {
        int dimension = Math.toIntExact(descriptors.shape().size(1));
        String norm = unitNorm ? "descriptors of unit norm" : "descriptors, not of unit norm";
        String order = compressed > 0 ? ", in the order of the principal components" : "";
        return new TensorSpec(OUTPUT, ElementType.FLOAT32, List.of(dimension), norm + order);
    }
}
