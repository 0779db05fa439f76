package dev.fovea.architectures.trunk;

import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import java.util.List;

/// What a trunk computes, finest first.
///
/// @param stages one value per stage, (N, C, H, W), each stage half the size of the one before
public record FeatureMaps(List<Value> stages) {

    public FeatureMaps {
        stages = List.copyOf(stages);
    }

    /// Stages of any float type as float32, in which heads compute.
    static FeatureMaps float32(List<Value> stages) {
        return new FeatureMaps(stages.stream()
                .map(map -> Elementwise.cast(map, DataType.FLOAT32))
                .toList());
    }

    /// @param number from 1, as papers count: 5 of a ResNet is `layer4`
    public Value stage(int number) {
        return stages.get(number - 1);
    }

    public Value last() {
        return stages.getLast();
    }
}
