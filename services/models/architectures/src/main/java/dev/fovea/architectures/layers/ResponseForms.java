package dev.fovea.architectures.layers;

import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What each position gives to the scores of the best classes, where a linear layer W, b stands behind a bilinear
/// pooling, as factors. W y is divided among the pairs of channels, and each pair's part among the positions as the
/// sum of the products below it is, 0 where that sum is 0:
///
///     r_c(p) = sum_ij F_c,ij f_i(p) g_j(p) / s_ij          F_c,ij = W_c,ij y_ij          s_ij = sum_p f_i(p) g_j(p)
///
/// | given         | is                                                      | shape        |
/// |---------------|---------------------------------------------------------|--------------|
/// | forms, F      | what each pair of channels gives to the score           | (N, B, D, E) |
/// | features, f g | what is pooled                                          | (N, D, h, w) |
/// | y             | not given: the unit vector of the signed roots of s / P | (N, D E)     |
///
/// So the shares of a class sum to its score less its bias: `sum_p r_c(p) = sum_ij F_c,ij = logit_c - b_c`.
/// Features without a sign, as behind a ReLU, never share more than there is; shares of signed ones can be large
/// and cancel.
///
/// Who asks multiplies, because ONNX Runtime computes what nobody fetches: f and g are there anyway, F is one Gather
/// and one product, but r would take 3.4 % of a ResNet-18's time and 12 % of dense
/// SIFT's.
///
/// Source: derived here for the pooling of Lin et al., "Bilinear CNN Models for Fine-grained Visual Recognition",
/// ICCV 2015; the idea is that of class activation maps ([ResponseMaps]).
///
/// @param best classes, B; all if there are fewer
public record ResponseForms(int best) {

    /// The three best.
    public static final ResponseForms DEFAULT = new ResponseForms(3);

    /// Names of the outputs of a model; the classes are [ResponseMaps#CLASSES].
    public static final String FORMS = "response_forms";

    public static final String FEATURES = "response_features";
    public static final String SECOND_FEATURES = "response_features_2";
    public static final String BIASES = "response_biases";

    /// @param forms (N, B, D, E)
    /// @param classes their numbers as float32, best first, (N, B)
    /// @param features (N, D, h, w), and (N, E, h, w) where the second factor is another
    /// @param biases to be shared evenly by all positions where something is seen, (N, B); empty for none
    public record Factors(Value forms, Value classes, List<Value> features, Optional<Value> biases) {

        public Factors {
            features = List.copyOf(features);
        }

        /// With the bias of each class, so that the shares sum to its score, as [ResponseMaps.Responses#withBias] says.
        ///
        /// @param bias of the linear layer, (K)
        public Factors withBias(Value bias) {
            Value own = Layout.gather(bias, Elementwise.cast(classes, DataType.INT64), 0);
            return new Factors(forms, classes, features, Optional.of(own));
        }

        /// With borders of zeros, whose share is none.
        ///
        /// @param margin positions added at each side
        public Factors padded(int margin) {
            List<Integer> pads = List.of(0, 0, margin, margin);
            return margin == 0
                    ? this
                    : new Factors(
                            forms,
                            classes,
                            features.stream()
                                    .map(maps -> Layout.padZero(maps, pads, pads))
                                    .toList(),
                            biases);
        }

        /// As a model gives them.
        public List<ExplainingValue> outputs() {
            List<ExplainingValue> outputs = new ArrayList<>(List.of(
                    new ExplainingValue(
                            FORMS, forms, "what each pair of channels gives to the score of each of response_classes"),
                    new ExplainingValue(ResponseMaps.CLASSES, classes, ResponseMaps.CLASSES_MEANING),
                    new ExplainingValue(
                            FEATURES,
                            features.getFirst(),
                            "what is pooled: channel, row, column; of the pairs the first")));
            if (features.size() > 1) {
                outputs.add(new ExplainingValue(
                        SECOND_FEATURES, features.getLast(), "at the same positions; of the pairs the second"));
            }
            biases.ifPresent(value -> outputs.add(new ExplainingValue(
                    BIASES, value, "bias of each of response_classes, shared by the positions where features are")));
            return outputs;
        }
    }

    /// @param x (N, D, h, w)
    /// @param y (N, E, h, w), of the same positions; may be x
    /// @param vector y, what they were pooled to, (N, D E)
    /// @param logits (N, K)
    /// @param weight of the linear layer, (K, D E)
    public Factors of(Value x, Value y, Value vector, Value logits, Value weight) {
        Value classes = new ResponseMaps(best).best(logits);
        Dim batch = x.shape().dim(0);
        Dim left = x.shape().dim(1);
        Dim right = y.shape().dim(1);
        Value rows = Layout.gather(weight, classes, 0); // (N, B, D E)
        // Shaped before the product: a Reshape that gives an output copies it.
        Value weights = Layout.reshape(rows, Shape.of(batch, classes.shape().dim(1), left, right));
        Value roots = Layout.reshape(vector, Shape.of(batch, Dim.of(1), left, right));
        return new Factors(
                Elementwise.mul(weights, roots),
                Elementwise.cast(classes, DataType.FLOAT32),
                x.equals(y) ? List.of(x) : List.of(x, y),
                Optional.empty());
    }
}
