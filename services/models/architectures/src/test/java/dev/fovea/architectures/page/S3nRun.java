package dev.fovea.architectures.page;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.fovea.architectures.BuiltModel;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.registry.Architectures;
import dev.fovea.architectures.weights.SeededWeights;
import dev.fovea.repository.ElementType;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.TreeMap;

/// What an S3N with pseudo-random weights makes of one image, every output by name.
record S3nRun(Map<String, FloatBuffer> outputs) {

    private static final String NAME = "s3n-resnet50";

    static S3nRun of(BufferedImage image, String seed) throws OrtException {
        BuiltModel model = Architectures.named(NAME)
                .build(ModelRequest.defaults(NAME, ElementType.UINT8)
                        .withOptions(Map.of("explanations", "all"))
                        .withWeights(new SeededWeights(seed)));
        return new S3nRun(run(model, image));
    }

    private static Map<String, FloatBuffer> run(BuiltModel model, BufferedImage image) throws OrtException {
        Map<String, FloatBuffer> outputs = new TreeMap<>();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (var options = new OrtSession.SessionOptions();
                var session = environment.createSession(model.toBytes(), options);
                var input = OnnxTensor.createTensor(
                        environment,
                        bytes(image),
                        new long[] {1, image.getHeight(), image.getWidth(), 3},
                        OnnxJavaType.UINT8);
                var results = session.run(Map.of("images", input))) {
            for (Map.Entry<String, OnnxValue> result : results) {
                outputs.put(result.getKey(), ((OnnxTensor) result.getValue()).getFloatBuffer());
            }
        }
        return outputs;
    }

    float at(String output, int index) {
        FloatBuffer values = outputs.get(output);
        if (values == null) {
            throw new IllegalArgumentException("no output \"" + output + "\"; there is " + outputs.keySet());
        }
        return values.get(index);
    }

    private static ByteBuffer bytes(BufferedImage image) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(image.getWidth() * image.getHeight() * 3);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y);
                bytes.put((byte) (rgb >> 16)).put((byte) (rgb >> 8)).put((byte) rgb);
            }
        }
        return bytes.flip();
    }
}
