package dev.fovea.patches;

import dev.fovea.imaging.patch.PatchModels;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelManifest;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/// Raw 8-bit patches of a caller, checked against a model and in the model's element type.
final class PatchPixels {
    private static final float WHITE = 255f;

    private PatchPixels() {}

    /// How many patches of `sizePx` there are in `bytes`.
    ///
    /// @throws InvalidInput if the size is not the model's, or the last patch is not full
    static int count(int bytes, int sizePx, ModelManifest manifest) {
        int wanted = sizePx(manifest);
        if (sizePx != wanted) {
            throw new InvalidInput(
                    "PATCH_SIZE_MISMATCH",
                    "patches of " + sizePx + " px; model " + manifest.name() + "@" + manifest.version() + " takes "
                            + wanted + " px",
                    sizePx + " px",
                    wanted + " px");
        }
        int bytesEach = sizePx * sizePx;
        if (bytes % bytesEach != 0) {
            throw new InvalidInput(
                    "PATCH_DATA_LENGTH",
                    bytes + " bytes are not a multiple of " + bytesEach + ", the bytes of a patch of " + sizePx + " px",
                    bytes + " bytes",
                    "a multiple of " + bytesEach + " bytes");
        }
        return bytes / bytesEach;
    }

    /// Bytes as they are, or divided by 255 where the model takes FLOAT32, as the extractor of patches does.
    static void copy(ByteBuffer pixels, Tensor target) {
        if (target.elementType() == ElementType.UINT8) {
            target.bytes().put(pixels);
            return;
        }
        FloatBuffer floats = target.floats();
        while (pixels.hasRemaining()) {
            floats.put(Byte.toUnsignedInt(pixels.get()) / WHITE);
        }
    }

    private static int sizePx(ModelManifest manifest) {
        return PatchModels.preprocessing(manifest).patchSize();
    }
}
