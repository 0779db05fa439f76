package dev.fovea.tests.integration.classification;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/// An ONNX file and ONNX Runtime, nothing between. One thread uses it; close it.
record RawModel(OrtSession session) implements AutoCloseable {

    static RawModel open(Path file) throws OrtException {
        return new RawModel(OrtEnvironment.getEnvironment().createSession(file.toString()));
    }

    /// What the file's first input becomes at an output of one row.
    float[] run(FloatBuffer values, long[] shape, String output) throws OrtException {
        try (OnnxTensor tensor = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), values, shape)) {
            return run(tensor, output);
        }
    }

    float[] run(byte[] values, long[] shape, String output) throws OrtException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(values.length).put(values).flip();
        try (OnnxTensor tensor =
                OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), bytes, shape, OnnxJavaType.UINT8)) {
            return run(tensor, output);
        }
    }

    private float[] run(OnnxTensor tensor, String output) throws OrtException {
        String input = session.getInputNames().iterator().next();
        try (OrtSession.Result result = session.run(Map.of(input, tensor), Set.of(output))) {
            FloatBuffer answer = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] numbers = new float[answer.remaining()];
            answer.get(numbers);
            return numbers;
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
