package dev.fovea.architectures.siftnet;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.fovea.onnx.OnnxWriter;
import dev.fovea.repository.ElementType;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Map;

/// Runs SIFTNet graphs in ONNX Runtime.
final class SiftNetSessions {

    private SiftNetSessions() {}

    /// @param patches pixels in [0, 1], one patch a row
    static float[][] describe(SiftNet net, float[]... patches) throws OrtException {
        FloatBuffer pixels = FloatBuffer.allocate(patches.length * patches[0].length);
        for (float[] patch : patches) {
            pixels.put(patch);
        }
        pixels.flip();
        try (var input = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), pixels, shape(net, patches.length))) {
            return run(net, ElementType.FLOAT32, input);
        }
    }

    /// @param patches bytes, one patch a row
    static float[][] describe(SiftNet net, byte[]... patches) throws OrtException {
        ByteBuffer pixels = ByteBuffer.allocateDirect(patches.length * patches[0].length);
        for (byte[] patch : patches) {
            pixels.put(patch);
        }
        pixels.flip();
        try (var input = OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(), pixels, shape(net, patches.length), OnnxJavaType.UINT8)) {
            return run(net, ElementType.UINT8, input);
        }
    }

    private static long[] shape(SiftNet net, int patches) {
        return new long[] {patches, net.patchSize(), net.patchSize()};
    }

    private static float[][] run(SiftNet net, ElementType type, OnnxTensor input) throws OrtException {
        byte[] model = OnnxWriter.write(SiftNetGraph.of(net, type), Map.of());
        try (var options = new OrtSession.SessionOptions();
                var session = OrtEnvironment.getEnvironment().createSession(model, options);
                var results = session.run(Map.of(SiftNetGraph.INPUT, input))) {
            return (float[][]) results.get(0).getValue();
        }
    }
}
