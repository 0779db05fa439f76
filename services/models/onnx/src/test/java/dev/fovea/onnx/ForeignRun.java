package dev.fovea.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// Runs the bytes of a model with one input in ONNX Runtime.
final class ForeignRun {

    private ForeignRun() {}

    /// Outputs by name.
    static Map<String, float[]> run(byte[] model, float[] x, long... shape) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(x), shape)) {
            return run(model, input);
        }
    }

    static float[] output(byte[] model, String name, float[] x, long... shape) throws OrtException {
        return Objects.requireNonNull(run(model, x, shape).get(name), name);
    }

    static Map<String, float[]> runPixels(byte[] model, byte[] pixels, long... shape) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OnnxTensor input =
                OnnxTensor.createTensor(environment, ByteBuffer.wrap(pixels), shape, OnnxJavaType.UINT8)) {
            return run(model, input);
        }
    }

    private static Map<String, float[]> run(byte[] model, OnnxTensor input) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, float[]> outputs = new LinkedHashMap<>();
        try (var options = new OrtSession.SessionOptions();
                var session = environment.createSession(model, options);
                var results =
                        session.run(Map.of(session.getInputNames().iterator().next(), input))) {
            for (Map.Entry<String, ai.onnxruntime.OnnxValue> result : results) {
                FloatBuffer values = ((OnnxTensor) result.getValue()).getFloatBuffer();
                float[] numbers = new float[values.remaining()];
                values.get(numbers);
                outputs.put(result.getKey(), numbers);
            }
        }
        return outputs;
    }

    /// The shape that ONNX Runtime infers for an output; -1 for an open size.
    static long[] shape(byte[] model, String output) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (var options = new OrtSession.SessionOptions();
                var session = environment.createSession(model, options)) {
            NodeInfo found = Objects.requireNonNull(session.getOutputInfo().get(output), output);
            return ((TensorInfo) found.getInfo()).getShape();
        }
    }
}
