package dev.fovea.patches;

import dev.fovea.inference.ImageSource;
import dev.fovea.inference.lifecycle.ModelRef;
import java.nio.ByteBuffer;

/// What is to be described.
public sealed interface PatchRequest {
    ModelRef model();

    /// Square grey patches, 8 bits a pixel.
    ///
    /// @param sizePx side of a patch
    /// @param pixels patch after patch, row by row; left unchanged by whoever holds them
    record OfPatches(ModelRef model, int sizePx, ByteBuffer pixels) implements PatchRequest {
        @Override
        public ByteBuffer pixels() {
            return pixels.asReadOnlyBuffer();
        }
    }

    /// The patches around the keypoints of an image.
    record OfImage(ModelRef model, ImageSource image, KeypointSource keypoints) implements PatchRequest {}
}
