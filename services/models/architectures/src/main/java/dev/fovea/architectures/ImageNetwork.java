package dev.fovea.architectures;

import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.TensorSpec;
import java.util.List;

/// A network over whole images, without what all of them share: [ImageArchitecture] adds the input and the
/// manifest.
public interface ImageNetwork {

    /// Lower case, as users type it: `bcnn-vgg16`.
    String name();

    /// `fine-grained-classification` or `global-retrieval`.
    String task();

    /// One sentence for the help text.
    String summary();

    /// Citation of what the network follows.
    String paper();

    /// Whether its numbers are learnt, as those of most networks are.
    default boolean takesWeights() {
        return true;
    }

    /// Its options besides [ImageArchitecture#IMAGE_SIZE] and, for classifiers, [ImageArchitecture#CLASSES].
    List<Option> options();

    /// Side of the square input, pixels, unless another is asked for.
    int defaultSize();

    /// How images were prepared when the published weights were trained.
    ImagePreprocessing preprocessing(int sizePx, OptionValues options);

    /// Inputs besides the images; services batch only models that have none.
    default List<TensorSpec> furtherInputs(OptionValues options) {
        return List.of();
    }

    /// Whether rows of the first output have unit norm.
    boolean unitNorm(OptionValues options);

    /// Builds the network behind its input.
    ///
    /// @param pixels float32 (N, 3, H, W), normalised
    /// @return the answer first, what only explains it last
    /// @throws IllegalArgumentException if an option is out of range, quoting value and limit
    List<NetworkOutput> apply(Value pixels, WeightScope weights, OptionValues options, Precision precision);
}
