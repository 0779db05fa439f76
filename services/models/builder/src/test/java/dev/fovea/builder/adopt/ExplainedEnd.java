package dev.fovea.builder.adopt;

import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.OnnxWriter;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Conv;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Linear;
import dev.fovea.onnx.op.Pool;
import dev.fovea.onnx.op.Reduce;
import dev.fovea.onnx.op.Window;
import dev.fovea.onnx.shape.Shape;
import java.util.Map;

/// The ways in which exporters write the mean of maps and a linear layer.
enum ExplainedEnd {
    GEMM,
    MATMUL_AND_ADD,
    CONVOLUTION_BEHIND_THE_POOL,
    REDUCE_MEAN,
    POOL_OF_THE_MAPS_SIZE,
    CHANNELS_LAST,
    WEIGHT_OF_HALF_PRECISION,
    SOFTMAX_BEHIND;

    private static final int CLASSES = 5;
    private static final int CHANNELS = ForeignFiles.CHANNELS;
    private static final int SIDE = ForeignFiles.SIDE;

    /// float32 (N, 3, 8, 8) to `answer` (N, 5).
    byte[] file() {
        var graph = new Graph("foreign");
        Value input = graph.input("input", DataType.FLOAT32, Shape.batchOf(3, SIDE, SIDE));
        Value kernel = graph.constant("kernel", ForeignFiles.noise(1, CHANNELS * 27), Shape.of(CHANNELS, 3, 3, 3));
        Value maps = Elementwise.relu(Linear.conv(input, kernel, Conv.same(3)));
        graph.output("answer", this == SOFTMAX_BEHIND ? Elementwise.softmax(scores(maps), 1) : scores(maps));
        return OnnxWriter.write(graph, Map.of());
    }

    /// The biases of the linear layer.
    static float[] biases() {
        return ForeignFiles.noise(3, CLASSES);
    }

    private Value scores(Value maps) {
        Value bias = maps.graph().constant("bias", biases(), Shape.of(CLASSES));
        return switch (this) {
            case GEMM, SOFTMAX_BEHIND -> Linear.gemm(Layout.flatten(Pool.globalAverage(maps)), weight(maps), bias);
            case MATMUL_AND_ADD ->
                Elementwise.add(
                        Linear.matMul(Layout.flatten(Pool.globalAverage(maps)), Layout.transpose(weight(maps), 1, 0)),
                        bias);
            case CONVOLUTION_BEHIND_THE_POOL -> {
                Value kernel = maps.graph().constant("w", numbers(), Shape.of(CLASSES, CHANNELS, 1, 1));
                yield Layout.flatten(Linear.conv(Pool.globalAverage(maps), kernel, bias, Conv.valid(1)));
            }
            case REDUCE_MEAN -> Linear.gemm(Layout.flatten(Reduce.mean(maps, 2, 3)), weight(maps), bias);
            case POOL_OF_THE_MAPS_SIZE ->
                Linear.gemm(Layout.flatten(Pool.average(maps, Window.of(SIDE, SIDE))), weight(maps), bias);
            case CHANNELS_LAST ->
                Linear.gemm(Layout.flatten(Reduce.mean(Layout.transpose(maps, 0, 2, 3, 1), 1, 2)), weight(maps), bias);
            case WEIGHT_OF_HALF_PRECISION -> {
                Value half = maps.graph().constant("w", numbers(), Shape.of(CLASSES, CHANNELS), DataType.FLOAT16);
                Value weight = Elementwise.cast(half, DataType.FLOAT32);
                yield Linear.gemm(Layout.flatten(Pool.globalAverage(maps)), weight, bias);
            }
        };
    }

    private static Value weight(Value maps) {
        return maps.graph().constant("w", numbers(), Shape.of(CLASSES, CHANNELS));
    }

    private static float[] numbers() {
        return ForeignFiles.noise(2, CLASSES * CHANNELS);
    }
}
