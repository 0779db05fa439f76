package dev.fovea.architectures.trunk;

import dev.fovea.architectures.Precision;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;

/// A network without its head: pixels to feature maps, by stage.
public interface Trunk {

    /// Lower case, as users type it: `resnet50`.
    String name();

    /// Builds it; asked again with the same scope it shares its weights.
    ///
    /// @param pixels float32 (N, 3, H, W), normalised
    /// @return float32 maps, whatever the precision inside
    FeatureMaps apply(Value pixels, WeightScope weights, Precision precision);
}
