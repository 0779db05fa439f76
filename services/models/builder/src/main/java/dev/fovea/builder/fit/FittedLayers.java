package dev.fovea.builder.fit;

import dev.fovea.architectures.layers.L2Normalize;
import dev.fovea.architectures.layers.PcaProjection;
import dev.fovea.architectures.weights.HeldTensor;
import dev.fovea.architectures.weights.HeldWeights;
import dev.fovea.architectures.weights.WeightOrigin;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.architectures.weights.WeightTensor;
import dev.fovea.builder.numbers.LinearHead;
import dev.fovea.builder.numbers.Matrix;
import dev.fovea.builder.numbers.PrincipalComponents;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Conv;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Linear;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import dev.fovea.repository.Provenance;
import java.util.Map;
import java.util.Optional;

/// What was fitted, as layers of a graph.
final class FittedLayers {

    private FittedLayers() {}

    /// The local features of maps, one after another.
    ///
    /// **Shape:** (N, C, H, W) to (N, H W, C).
    static Value positions(Value maps) {
        Shape shape = maps.shape();
        long count = shape.size(2) * shape.size(3);
        Value flat = Layout.reshape(maps, Shape.of(shape.dim(0), shape.dim(1), Dim.of(count)));
        return Layout.transpose(flat, 0, 2, 1);
    }

    /// Each position's coordinates along principal components.
    ///
    /// **Shape:** (N, C, H, W) to (N, k, H, W).
    static Value projected(Value maps, PrincipalComponents components) {
        Matrix directions = components.directions(); // (C, k)
        float[] bias = new float[directions.columns()];
        float[] mean = components.mean();
        for (int j = 0; j < bias.length; j++) {
            double shift = 0;
            for (int i = 0; i < mean.length; i++) {
                shift -= (double) mean[i] * directions.get(i, j);
            }
            bias[j] = (float) shift;
        }
        Value weight = maps.graph()
                .constant(
                        "projection.weight",
                        directions.transposed().toArray(),
                        Shape.of(directions.columns(), directions.rows(), 1, 1));
        Value shift = maps.graph().constant("projection.bias", bias, Shape.of(bias.length));
        return Linear.conv(maps, weight, shift, Conv.valid(1));
    }

    /// A linear layer that was fitted.
    ///
    /// @param logits (N, classes)
    /// @param weight (classes, D)
    /// @param bias (classes)
    record Classified(Value logits, Value weight, Value bias) {}

    /// @param features (N, D)
    static Classified classified(Value features, LinearHead head) {
        Matrix weights = head.weights();
        Value weight =
                features.graph().constant("fc.weight", weights.toArray(), Shape.of(weights.rows(), weights.columns()));
        Value bias = features.graph().constant("fc.bias", head.bias(), Shape.of(weights.rows()));
        return new Classified(Linear.gemm(features, weight, bias), weight, bias);
    }

    /// **Shape:** (N, D) to (N, k). **Range:** unit norm.
    ///
    /// @param normalised whether rows are of unit norm already
    static Value compressed(Value rows, boolean normalised, float[] mean, Matrix components) {
        Map<String, WeightTensor> tensors = Map.of(
                "mean", HeldTensor.of(mean, mean.length),
                "components", HeldTensor.of(components.toArray(), components.rows(), components.columns()));
        var origin = new WeightOrigin(Provenance.Kind.FITTED, "principal components", Optional.empty(), "unknown");
        Value unit = normalised ? rows : L2Normalize.DEFAULT.apply(rows);
        return new PcaProjection(components.columns()).apply(unit, WeightScope.of(new HeldWeights(origin, tensors)));
    }
}
