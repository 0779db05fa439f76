package dev.fovea.tests.parity;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.fovea.architectures.layers.AddAvgMax;
import dev.fovea.architectures.layers.AveragePool;
import dev.fovea.architectures.layers.BilinearPool;
import dev.fovea.architectures.layers.CatAvgMax;
import dev.fovea.architectures.layers.GemPool;
import dev.fovea.architectures.layers.GlobalAveragePool;
import dev.fovea.architectures.layers.GlobalMaxPool;
import dev.fovea.architectures.layers.MaxPool;
import dev.fovea.architectures.layers.MaxUnpool;
import dev.fovea.architectures.layers.MedianPool;
import dev.fovea.architectures.layers.SpatialPyramid;
import dev.fovea.architectures.layers.StochasticPool;
import dev.fovea.architectures.layers.YoloSpp;
import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.OnnxWriter;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Pool;
import dev.fovea.onnx.op.Window;
import dev.fovea.onnx.shape.Shape;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/// The layer behind each tensor of the golden pooling files, and a way to run it.
final class PoolingCases {

    private static final Window HALVES = Window.of(2, 2);
    private static final Window OVERLAPPING = Window.of(3, 2);

    static final Map<String, UnaryOperator<Value>> LAYERS = Map.ofEntries(
            Map.entry("max_2_2", new MaxPool(HALVES)::apply),
            Map.entry("max_overlap_3_2", new MaxPool(OVERLAPPING)::apply),
            Map.entry("avg_2_2", new AveragePool(HALVES)::apply),
            Map.entry("median_2_2", new MedianPool(HALVES)::apply),
            Map.entry("median_3_2", new MedianPool(OVERLAPPING)::apply),
            Map.entry("stochastic_2_2", new StochasticPool(HALVES)::apply),
            Map.entry("gap", new GlobalAveragePool()::apply),
            Map.entry("gmp", new GlobalMaxPool()::apply),
            Map.entry("add_avgmax", new AddAvgMax()::apply),
            Map.entry("cat_avgmax", new CatAvgMax()::apply),
            Map.entry("gem_3", GemPool.DEFAULT::apply),
            Map.entry("spp_1_2_4", SpatialPyramid.DEFAULT::apply),
            Map.entry("yolo_spp", new YoloSpp()::apply),
            Map.entry("bilinear_seed001", new BilinearPool(1e-5f)::apply),
            Map.entry("unpool_2_2", PoolingCases::unpooled));

    private PoolingCases() {}

    private static Value unpooled(Value x) {
        return new MaxUnpool(HALVES)
                .apply(
                        Pool.maxWithIndices(x, HALVES),
                        x.shape().size(2),
                        x.shape().size(3));
    }

    /// @param tensor whose layer is run
    /// @param sizes of x, batch first
    static float[] run(String tensor, float[] x, long... sizes) throws OrtException {
        var graph = new Graph("pooling");
        Value input = graph.input("x", DataType.FLOAT32, Shape.batchOf(sizes[1], sizes[2], sizes[3]));
        UnaryOperator<Value> layer = Objects.requireNonNull(LAYERS.get(tensor), tensor);
        graph.output("y", layer.apply(input));
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (var options = new OrtSession.SessionOptions();
                var session = environment.createSession(OnnxWriter.write(graph, Map.of()), options);
                var pixels = OnnxTensor.createTensor(environment, FloatBuffer.wrap(x), sizes);
                var results = session.run(Map.of("x", pixels))) {
            FloatBuffer values = ((OnnxTensor) results.get(0)).getFloatBuffer();
            float[] y = new float[values.remaining()];
            values.get(y);
            return y;
        }
    }
}
