package dev.fovea.architectures.trunk;

import dev.fovea.onnx.Value;
import java.util.List;

/// What a trunk computes, finest first.
///
/// @param stages one value per stage, (N, C, H, W), each stage at most half the size of the one before
public record FeatureMaps(List<Value> stages) {

    public FeatureMaps {
        stages = List.copyOf(stages);
    }

    /// @param number from 1, as papers count: 5 of a ResNet is `layer4`
    public Value stage(int number) {
        return stages.get(number - 1);
    }

    public Value last() {
        return stages.getLast();
    }
}
