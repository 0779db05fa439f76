package dev.fovea.architectures.layers;

import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Linear;
import dev.fovea.onnx.op.Order;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import java.util.List;

/// What each position gives to the scores of the best classes, where a linear layer W, b stands behind the mean of
/// P positions: `r_c(p) = 1 / P sum_i W_c,i f_i(p)`. The shares of a class sum to its score less its bias:
/// `sum_p r_c(p) = logit_c - b_c`. Behind a bilinear pooling there are [ResponseForms] instead.
///
/// Source: Zhou et al., "Learning Deep Features for Discriminative Localization", CVPR 2016, eq. 2 (class
/// activation map), there without 1 / P.
///
/// @param best classes, B; all if there are fewer
public record ResponseMaps(int best) {

    /// The three best.
    public static final ResponseMaps DEFAULT = new ResponseMaps(3);

    /// Names of the two outputs of a model, and what they are.
    public static final String MAPS = "response_maps";

    public static final String MAPS_MEANING = "share of each position in the score of each of response_classes";
    public static final String CLASSES = "response_classes";
    public static final String CLASSES_MEANING = "numbers of the classes with the best scores, best first";

    /// @param maps (N, B, h, w)
    /// @param classes their numbers as float32, best first, (N, B)
    public record Responses(Value maps, Value classes) {

        /// With an even share of the bias in every position, so that the shares of a class sum to its score: above 0
        /// is what speaks for it. The bias of a head that was fitted mostly takes away what any image scores;
        /// without it every share of the best class may be negative.
        ///
        /// @param bias of the linear layer, (K)
        public Responses withBias(Value bias) {
            Value own = Layout.gather(bias, Elementwise.cast(classes, DataType.INT64), 0); // (N, B)
            Shape shape = maps.shape();
            Value even = Elementwise.scale(own, 1f / (shape.size(2) * shape.size(3)));
            Value spread = Layout.unsqueeze(Layout.unsqueeze(even, 2), 3); // (N, B, 1, 1)
            return new Responses(Elementwise.add(maps, spread), classes);
        }

        /// With borders of zeros, which leave the sums as they are.
        ///
        /// @param margin positions added at each side
        public Responses padded(int margin) {
            List<Integer> pads = List.of(0, 0, margin, margin);
            return margin == 0 ? this : new Responses(Layout.padZero(maps, pads, pads), classes);
        }

        /// As a model gives them.
        public List<ExplainingValue> outputs() {
            return List.of(
                    new ExplainingValue(MAPS, maps, MAPS_MEANING),
                    new ExplainingValue(CLASSES, classes, CLASSES_MEANING));
        }
    }

    /// @param features (N, C, h, w), whose mean over the positions the linear layer takes
    /// @param logits (N, K)
    /// @param weight of the linear layer, (K, C)
    public Responses ofAverage(Value features, Value logits, Value weight) {
        Value classes = best(logits);
        Value positions = positions(features);
        Value rows = Layout.gather(weight, classes, 0); // (N, B, C)
        Value shares = Linear.matMul(rows, positions); // (N, B, P)
        return responses(shares, features, classes);
    }

    /// Numbers of the best classes, best first. **Shape:** (N, K) to (N, B).
    Value best(Value logits) {
        long count = Math.min(best, logits.shape().size(1));
        return Order.topK(logits, count, 1).indices();
    }

    /// **Shape:** (N, C, h, w) to (N, C, P).
    private static Value positions(Value maps) {
        Shape shape = maps.shape();
        return Layout.reshape(maps, Shape.of(shape.dim(0), shape.dim(1), Dim.of(shape.size(2) * shape.size(3))));
    }

    /// @param shares (N, B, P), still sums over the positions instead of means
    private static Responses responses(Value shares, Value maps, Value classes) {
        Value means = Elementwise.scale(shares, 1f / shares.shape().size(2));
        Shape shape = maps.shape().with(1, classes.shape().dim(1));
        return new Responses(Layout.reshape(means, shape), Elementwise.cast(classes, DataType.FLOAT32));
    }
}
