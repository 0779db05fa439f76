package dev.fovea.architectures.layers;

import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Pool;
import dev.fovea.onnx.op.Window;
import java.util.List;

/// The pyramid of YOLOv3-SPP: maxima of 13 x 13, 9 x 9 and 5 x 5 around each position, then the input itself.
///
/// The larger windows are pooled from the smaller maxima, 75 comparisons an element instead of 275.
///
/// Source: `AlexeyAB/darknet`, `cfg/yolov3-spp.cfg`, the SPP block and the order of its last route.
///
/// **Shape:** (N, C, H, W) to (N, 4 C, H, W). **Range:** that of the input.
public record YoloSpp() {

    private static final Window FIVE = new Window(5, 1, 2);

    public Value apply(Value x) {
        Value five = Pool.max(x, FIVE);
        Value nine = Pool.max(five, FIVE);
        Value thirteen = Pool.max(nine, FIVE);
        return Layout.concat(List.of(thirteen, nine, five, x), 1);
    }
}
