package dev.fovea.architectures;

import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import java.util.List;

/// A network over square grey patches, without what all of them share: [PatchArchitecture] adds the input,
/// the compression, the norm and the manifest.
public interface PatchNetwork {

    /// Lower case, as users type it: `hardnet`.
    String name();

    /// One sentence for the help text.
    String summary();

    /// Citation of what the network follows.
    String paper();

    /// Its options besides those of [PatchArchitecture].
    List<Option> options();

    /// Side of a patch, pixels.
    int patchSize();

    /// Side of the sampled square over the keypoint's radius (half of OpenCV's `size`) that its training
    /// patches had.
    double magnification();

    /// Dimensions that its published weights keep of a descriptor; 0 where they hold no compression.
    default int compressed() {
        return 0;
    }

    /// Whether its published form ends in a division by the norm.
    default boolean normalises() {
        return true;
    }

    /// Builds the network behind its input.
    ///
    /// @param patches float32 (N, 1, S, S), grey values 0 to 255
    /// @return float32 (N, D), before any norm
    /// @throws IllegalArgumentException if an option is out of range, quoting value and limit
    Value apply(Value patches, WeightScope weights, OptionValues options, Precision precision);
}
