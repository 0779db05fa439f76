package dev.fovea.onnx;

import dev.fovea.onnx.shape.Shape;
import java.util.List;
import java.util.Optional;

/// How a foreign classifier's answer is made of its last maps.
public sealed interface ForeignEnd {

    /// How the weights of K classes on C channels lie.
    enum WeightLayout {
        OUTPUTS_FIRST,
        INPUTS_FIRST,
        /// Of a convolution of 1 x 1.
        KERNEL;

        public Shape shape(long classes, long channels) {
            return switch (this) {
                case OUTPUTS_FIRST -> Shape.of(classes, channels);
                case INPUTS_FIRST -> Shape.of(channels, classes);
                case KERNEL -> Shape.of(classes, channels, 1, 1);
            };
        }
    }

    /// The mean of maps over their positions, and one linear layer.
    ///
    /// @param average of the maps
    /// @param weight of the layer: a constant, or a value computed from constants
    /// @param scores the layer's result with its bias, (N, K), maybe with further sizes of 1
    record Linear(Average average, String weight, WeightLayout layout, String scores) implements ForeignEnd {}

    /// Maps whose mean is taken.
    ///
    /// @param maps a value of four dimensions
    /// @param channelsLast whether it is (N, h, w, C), not (N, C, h, w)
    /// @param window height and width of the mean, which must be the maps' own; empty if it is over all positions
    record Average(String maps, boolean channelsLast, List<Long> window) {

        public Average {
            window = List.copyOf(window);
        }
    }

    /// Another end.
    ///
    /// @param why a sentence for a person, that goes on from the file's name
    record Other(String why) implements ForeignEnd {}

    /// The maps of which a vector is the mean over all positions; empty if it is none.
    static Optional<Average> average(ForeignModel model, String vector) {
        return new EndSearch(model.graph()).averaged(vector);
    }

    /// Looks at operators only: whether the sizes fit, ONNX Runtime says.
    ///
    /// @param answer the scores, maybe behind a softmax and changes of shape
    static ForeignEnd of(ForeignModel model, String answer) {
        return new EndSearch(model.graph()).end(answer);
    }
}
