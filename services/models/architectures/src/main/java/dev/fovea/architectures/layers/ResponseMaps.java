package dev.fovea.architectures.layers;

import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Linear;
import dev.fovea.onnx.op.Order;
import dev.fovea.onnx.op.Reduce;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import java.util.List;

/// What each position gives to the scores of the best classes, where a linear layer W, b stands behind a
/// pooling of P positions. The shares of a class sum to its score less its bias:
/// `sum_p r_c(p) = logit_c - b_c`.
///
/// | pooling  | share r_c(p)                                                          |
/// |----------|-----------------------------------------------------------------------|
/// | average  | `1 / P sum_i W_c,i f_i(p)`                                            |
/// | bilinear | `1 / P sum_ij W_c,ij y_ij f_i(p) g_j(p) / z_ij`, 0 where `z_ij` is 0  |
///
/// f and g are the features that are pooled, z the means of their products, y the unit vector of the signed
/// roots of z. A root is shared among the positions as the mean below it is. Features without a sign, as
/// behind a ReLU, never share more than there is; shares of signed ones can be large and cancel.
///
/// Source of the average: Zhou et al., "Learning Deep Features for Discriminative Localization", CVPR 2016,
/// eq. 2 (class activation map), there without 1 / P. Of the bilinear: derived here for the pooling of Lin et
/// al., ICCV 2015.
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

    /// Mean products whose square is smaller count as 0.
    private static final float TINY = 1e-36f;

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

    /// @param x (N, D, h, w)
    /// @param y (N, E, h, w), of the same positions
    /// @param pooled what became of both
    /// @param logits (N, K)
    /// @param weight of the linear layer, (K, D E)
    public Responses ofBilinear(Value x, Value y, MultimodalBilinearPool.Pooled pooled, Value logits, Value weight) {
        Value classes = best(logits);
        Value first = positions(x); // (N, D, P)
        Value second = positions(y); // (N, E, P)
        long count = classes.shape().size(1);
        long depth = first.shape().size(1);
        Dim batch = first.shape().dim(0);
        Dim places = first.shape().dim(2);
        Value rows = Layout.gather(weight, classes, 0); // (N, B, D E)
        Value forms = Elementwise.mul(rows, Layout.unsqueeze(ratios(pooled), 1));
        Value stacked = Layout.reshape(
                forms, Shape.of(batch, Dim.of(count * depth), second.shape().dim(1)));
        Value halves = Linear.matMul(stacked, second); // (N, B D, P)
        Value perClass = Layout.reshape(halves, Shape.of(batch, Dim.of(count), Dim.of(depth), places));
        Value products = Elementwise.mul(perClass, Layout.unsqueeze(first, 1)); // (N, B, D, P)
        return responses(Layout.squeeze(Reduce.sum(products, 2), 2), x, classes);
    }

    private Value best(Value logits) {
        long count = Math.min(best, logits.shape().size(1));
        return Order.topK(logits, count, 1).indices();
    }

    /// `y / z`, 0 where z is 0. **Shape:** (N, D E).
    private static Value ratios(MultimodalBilinearPool.Pooled pooled) {
        Value z = pooled.means();
        Value square = Elementwise.max(Elementwise.mul(z, z), z.graph().scalar(TINY));
        return Elementwise.div(Elementwise.mul(pooled.vector(), z), square);
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
