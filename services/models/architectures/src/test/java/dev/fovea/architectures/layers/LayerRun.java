package dev.fovea.architectures.layers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.OnnxWriter;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.shape.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Runs what a layer builds in ONNX Runtime, behind one float32 input whose batch size is free.
public final class LayerRun {

    private LayerRun() {}

    /// @param sizes of the input, batch first
    /// @return the result, row major
    public static float[] run(UnaryOperator<Value> layer, float[] x, long... sizes) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        byte[] model = OnnxWriter.write(graph(layer, sizes), Map.of());
        try (var options = new OrtSession.SessionOptions();
                var session = environment.createSession(model, options);
                var input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(x), sizes);
                var results = session.run(Map.of("x", input))) {
            FloatBuffer values = ((OnnxTensor) results.get(0)).getFloatBuffer();
            float[] y = new float[values.remaining()];
            values.get(y);
            return y;
        }
    }

    /// The shape that a layer's result is said to have.
    public static Shape shape(UnaryOperator<Value> layer, long... sizes) {
        return layer.apply(input(sizes)).shape();
    }

    private static Graph graph(UnaryOperator<Value> layer, long... sizes) {
        Value x = input(sizes);
        x.graph().output("y", layer.apply(x));
        return x.graph();
    }

    private static Value input(long... sizes) {
        long[] item = Arrays.copyOfRange(sizes, 1, sizes.length);
        return new Graph("layer").input("x", DataType.FLOAT32, Shape.batchOf(item));
    }
}
