package dev.fovea.architectures.s3n;

import dev.fovea.architectures.NetworkOutput;
import dev.fovea.architectures.Precision;
import dev.fovea.architectures.layers.Activation;
import dev.fovea.architectures.layers.BatchNorm2d;
import dev.fovea.architectures.layers.ClassResponseMap;
import dev.fovea.architectures.layers.Conv2d;
import dev.fovea.architectures.layers.EntropyGate;
import dev.fovea.architectures.layers.FullyConnected;
import dev.fovea.architectures.layers.GlobalAveragePool;
import dev.fovea.architectures.layers.GridSample;
import dev.fovea.architectures.layers.PeakMap;
import dev.fovea.architectures.layers.SaliencyGrid;
import dev.fovea.architectures.trunk.Trunk;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Conv;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Linear;
import dev.fovea.onnx.op.Resample;
import dev.fovea.onnx.shape.Shape;
import dev.fovea.repository.StoredSample;
import java.util.ArrayList;
import java.util.List;

/// Writes an S3N behind its input; the steps are the rows of the package's table.
///
/// **Batch:** every step works on each image by itself, so an image has the same answer in any batch.
final class S3nGraph {

    static final String RANDOM = "random";

    private static final SaliencyGrid GRID = SaliencyGrid.DEFAULT;
    static final int SIDE = GRID.size();
    private static final Conv BUFFER = Conv.same(3).withStride(2);
    private static final String GATE =
            "sum of p ln p over the five best classes, then 1 if the best alone was looked at, 0 if all five were";
    private static final double UNIT = 0x1p-24;

    private final Trunk trunk;
    private final long classes;
    private final S3nOptions options;
    private final Precision precision;
    private final WeightScope weights;
    private final List<NetworkOutput> explanations = new ArrayList<>();

    S3nGraph(Trunk trunk, long classes, S3nOptions options, Precision precision, WeightScope weights) {
        this.trunk = trunk;
        this.classes = classes;
        this.options = options;
        this.precision = precision;
        this.weights = weights;
    }

    List<NetworkOutput> build(Value pixels) {
        Value features = features(pixels);
        Value raw = mean(features);
        Value origin = scores(raw, "raw_classifier");
        Value responses = new ClassResponseMap(classes).apply(features, weights.scope("raw_classifier"));
        EntropyGate.Choice choice = EntropyGate.DEFAULT.choice(ClassResponseMap.resizedMeans(responses, SIDE));
        SparseSampling.Maps maps = maps(responses, choice.weights());
        Value zoomed = resampled(pixels, maps.zoom(), "zoom", "zoomed");
        Value complement = resampled(pixels, maps.complement(), "complement", "complement");
        Value seenZoomed = mean(buffered(features(zoomed), "sampler_buffer"));
        Value seenComplement = mean(buffered(features(complement), "sampler_buffer1"));
        Value discriminative = scores(seenZoomed, "sampler_classifier");
        Value complementary = scores(seenComplement, "sampler_classifier1");
        Value joint = scores(Layout.concat(List.of(raw, seenZoomed, seenComplement), 1), "con_classifier");
        List<NetworkOutput> outputs = new ArrayList<>(List.of(
                new NetworkOutput("logits", joint, "scores of the classes from all three images together"),
                new NetworkOutput("origin", origin, "scores from the image as it came"),
                new NetworkOutput("discriminative", discriminative, "scores from the zoomed image"),
                new NetworkOutput("complementary", complementary, "scores from the complementary image"),
                new NetworkOutput("gate", choice.reason(), GATE)));
        outputs.addAll(explanations);
        return outputs;
    }

    private Value features(Value pixels) {
        return trunk.apply(pixels, weights.scope("features"), precision).last();
    }

    /// @param responses (N, K, h, w)
    /// @param choice (N, 1, K)
    private SparseSampling.Maps maps(Value responses, Value choice) {
        PeakMap.Peaks peaks = PeakMap.DEFAULT.apply(enlarged(chosen(responses, choice)));
        SparseSampling.Maps maps = options.sampling().apply(peaks, () -> random(choice.graph()));
        explain(Explanations.SHOWN, "decision_map", peaks.scaled(), "class response that decides, 0 to 1");
        explain(Explanations.SHOWN, "peaks", peaks.scores(), "decision map at its peaks, 0 elsewhere");
        explain(Explanations.SHOWN, "zoom_map", maps.zoom(), "what the zoomed image enlarges");
        explain(Explanations.SHOWN, "complement_map", maps.complement(), "what the complementary image enlarges");
        if (options.explanations() == Explanations.ALL) {
            explain(Explanations.ALL, "response_maps", enlarged(responses), "response of each class");
        }
        return maps;
    }

    /// **Shape:** (N, K, h, w), (N, 1, K) to (N, 1, h, w).
    private static Value chosen(Value responses, Value choice) {
        long height = responses.shape().size(2);
        long width = responses.shape().size(3);
        Shape flat = Shape.of(
                responses.shape().dim(0),
                responses.shape().dim(1),
                Shape.of(height * width).dim(0));
        Value map = Linear.matMul(choice, Layout.reshape(responses, flat)); // (N, 1, h w)
        return Layout.reshape(map, responses.shape().with(1, Shape.of(1).dim(0)));
    }

    private static Value enlarged(Value maps) {
        return Resample.linear(maps, SIDE, SIDE, true);
    }

    private Value random(Graph graph) {
        if (options.randomInput()) {
            return Layout.flatten(graph.input(RANDOM, DataType.FLOAT32, Shape.batchOf(SIDE, SIDE)));
        }
        float[] numbers = new float[SIDE * SIDE];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) ((StoredSample.splitMix64(options.seed(), i) >>> 40) * UNIT);
        }
        return graph.constant(RANDOM, numbers, Shape.of(1, numbers.length));
    }

    private Value resampled(Value pixels, Value map, String name, String imageName) {
        Value points = GridSample.enlarged(GRID.apply(map), pixels); // (N, 2, H, W)
        Value image = new GridSample(options.alignCorners()).apply(pixels, points);
        explain(Explanations.ALL, "grid_" + name, points, "where each pixel is read, x then y, -1 to 1");
        explain(Explanations.SHOWN, imageName, image, "image that the trunk sees, normalised");
        return image;
    }

    private Value buffered(Value features, String name) {
        WeightScope buffer = weights.scope(name);
        long channels = features.shape().size(1);
        DataType type = precision.type();
        Value x = Elementwise.cast(features, type);
        x = Conv2d.withoutBias(channels, BUFFER).apply(x, buffer.scope(0));
        x = Activation.RELU.apply(BatchNorm2d.DEFAULT.apply(x, buffer.scope(1)));
        return Elementwise.cast(x, DataType.FLOAT32);
    }

    private static Value mean(Value features) {
        return new GlobalAveragePool().apply(features);
    }

    private Value scores(Value vector, String classifier) {
        return FullyConnected.withBias(classes).apply(vector, weights.scope(classifier));
    }

    private void explain(Explanations from, String name, Value value, String meaning) {
        if (options.explanations().compareTo(from) >= 0) {
            explanations.add(NetworkOutput.explaining(name, value, meaning));
        }
    }
}
