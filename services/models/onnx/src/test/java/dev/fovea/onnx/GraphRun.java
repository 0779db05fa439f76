package dev.fovea.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;

/// Runs a graph with one float32 input `x` and one output `y` in ONNX Runtime.
public final class GraphRun {

    private GraphRun() {}

    public static float[] run(Graph graph, float[] x, long... shape) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        byte[] model = OnnxWriter.write(graph, Map.of());
        try (var options = new OrtSession.SessionOptions();
                var session = environment.createSession(model, options);
                var input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(x), shape);
                var results = session.run(Map.of("x", input))) {
            FloatBuffer values = ((OnnxTensor) results.get(0)).getFloatBuffer();
            float[] y = new float[values.remaining()];
            values.get(y);
            return y;
        }
    }
}
