package dev.fovea.architectures;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.fovea.repository.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Map;

/// Runs whole models in ONNX Runtime: the first output's rows of the first input's items.
public final class ModelRun {

    private ModelRun() {}

    public static float[][] floats(BuiltModel model, float[]... items) throws OrtException {
        FloatBuffer values = FloatBuffer.allocate(items.length * items[0].length);
        for (float[] item : items) {
            values.put(item);
        }
        values.flip();
        try (var input = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), values, shape(model, items.length))) {
            return run(model, input);
        }
    }

    public static float[][] bytes(BuiltModel model, byte[]... items) throws OrtException {
        ByteBuffer values = ByteBuffer.allocateDirect(items.length * items[0].length);
        for (byte[] item : items) {
            values.put(item);
        }
        values.flip();
        try (var input = OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(), values, shape(model, items.length), OnnxJavaType.UINT8)) {
            return run(model, input);
        }
    }

    /// Bytes of an item of the model, smooth and each another.
    public static byte[] item(BuiltModel model, int number) {
        TensorSpec spec = model.manifest().inputs().getFirst();
        byte[] item = new byte[spec.itemShape().stream().reduce(1, Math::multiplyExact)];
        int channels = spec.itemShape().size() == 3 ? 3 : 1;
        int width = spec.itemShape().get(1);
        for (int i = 0; i < item.length; i++) {
            int column = i / channels % width;
            double x = (double) column / width;
            int row = i / channels / width;
            double y = (double) row / width;
            double waves = Math.sin((5 + number) * x + i % channels) * Math.cos((7 + 2 * number) * y);
            item[i] = (byte) Math.round(120 + 100 * waves);
        }
        return item;
    }

    public static double cosine(float[] a, float[] b) {
        double ab = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (double) a[i] * b[i];
        }
        return ab / (norm(a) * norm(b));
    }

    public static double norm(float[] row) {
        double sum = 0;
        for (float value : row) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    /// Largest difference over the largest value.
    public static double difference(float[] actual, float[] expected) {
        double worst = 0;
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs((double) actual[i] - expected[i]));
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        return worst / largest;
    }

    private static long[] shape(BuiltModel model, int items) {
        TensorSpec spec = model.manifest().inputs().getFirst();
        long[] shape = new long[spec.itemShape().size() + 1];
        shape[0] = items;
        for (int i = 1; i < shape.length; i++) {
            shape[i] = spec.itemShape().get(i - 1);
        }
        return shape;
    }

    private static float[][] run(BuiltModel model, OnnxTensor input) throws OrtException {
        String name = model.manifest().inputs().getFirst().name();
        try (var options = new OrtSession.SessionOptions();
                var session = OrtEnvironment.getEnvironment().createSession(model.toBytes(), options);
                var results = session.run(Map.of(name, input))) {
            return (float[][]) results.get(0).getValue();
        }
    }
}
