package dev.fovea.architectures.trunk;

import dev.fovea.architectures.Precision;
import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import java.util.List;

/// Where a trunk's element type begins and ends.
final class TrunkPrecision {

    private TrunkPrecision() {}

    static Value enter(Value pixels, Precision precision) {
        return switch (precision) {
            case FLOAT32 -> pixels;
            case FLOAT16 -> Elementwise.cast(pixels, DataType.FLOAT16);
        };
    }

    static FeatureMaps leave(List<Value> stages) {
        return new FeatureMaps(stages.stream()
                .map(map -> Elementwise.cast(map, DataType.FLOAT32))
                .toList());
    }
}
