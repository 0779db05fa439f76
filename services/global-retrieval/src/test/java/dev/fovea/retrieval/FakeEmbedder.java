package dev.fovea.retrieval;

import dev.fovea.imaging.Image;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.lifecycle.ComputedModel;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ImagePreprocessing.ChannelOrder;
import dev.fovea.repository.ImagePreprocessing.Interpolation;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.PixelNormalization;
import dev.fovea.repository.Provenance;
import dev.fovea.repository.ResizeRule;
import dev.fovea.repository.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An embedder whose embedding is the colour of the image: three numbers that a test knows by hand.
public final class FakeEmbedder {
    private static final int SIDE = 2;
    private static final TensorSpec EMBEDDING = new TensorSpec("embedding", ElementType.FLOAT32, List.of(3), "colour");

    private FakeEmbedder() {}

    public static ComputedModel named(String name) {
        return new ComputedModel(manifest(name, EmbeddingModels.TASK), (items, _) -> List.of(embed(items)));
    }

    public static ModelManifest manifest(String name, String task) {
        return manifest(name, task, EMBEDDING);
    }

    static ModelManifest manifest(String name, String task, TensorSpec output) {
        return new ModelManifest(
                name,
                1,
                task,
                "colour",
                Map.of(),
                List.of(new TensorSpec("pixels", ElementType.UINT8, List.of(SIDE, SIDE, 3), "RGB")),
                List.of(output),
                new ImagePreprocessing(
                        SIDE,
                        SIDE,
                        new ResizeRule.Stretch(),
                        Interpolation.AREA,
                        ChannelOrder.RGB,
                        new PixelNormalization(
                                List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0), PixelNormalization.Place.GRAPH)),
                List.of(),
                "none",
                List.of(1, 8),
                new Provenance(Provenance.Kind.COMPUTED, "test", Optional.empty(), "Apache-2.0", "test"),
                "none",
                Optional.empty());
    }

    /// A picture of one colour.
    public static byte[] png(int red, int green, int blue) {
        int width = 16;
        int height = 12;
        byte[] rgb = new byte[width * height * 3];
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = (byte) red;
            rgb[i + 1] = (byte) green;
            rgb[i + 2] = (byte) blue;
        }
        try (Image image = Image.fromRgb(width, height, rgb)) {
            return image.encodePng();
        }
    }

    private static Tensor embed(Tensor items) {
        Tensor output = Tensor.allocate(EMBEDDING, items.rows());
        for (int row = 0; row < items.rows(); row++) {
            for (int channel = 0; channel < 3; channel++) {
                output.floats()
                        .put(row * 3 + channel, Byte.toUnsignedInt(items.bytes().get(row * SIDE * SIDE * 3 + channel)));
            }
        }
        return output;
    }
}
