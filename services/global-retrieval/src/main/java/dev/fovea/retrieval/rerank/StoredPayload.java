package dev.fovea.retrieval.rerank;

import dev.fovea.imaging.ImageSize;
import dev.fovea.inference.failure.InvalidInput;
import java.nio.ByteBuffer;
import java.util.Optional;

/// What is kept of an image besides its embedding and its metadata; [PayloadCodec] turns it into bytes and
/// back.
///
/// @param image size of the full image; 0 x 0 where none was sent
/// @param features empty where the collection keeps none
/// @param thumbnail JPEG; no bytes where the collection keeps none
public record StoredPayload(ImageSize image, Optional<LocalFeatures> features, ByteBuffer thumbnail) {

    /// Of an entry that came as an embedding alone.
    public static final StoredPayload NONE =
            new StoredPayload(new ImageSize(0, 0), Optional.empty(), ByteBuffer.allocate(0));

    /// @throws InvalidInput `LOCAL_FEATURES_INVALID` if the features are of an image of another size
    public StoredPayload {
        thumbnail = thumbnail.asReadOnlyBuffer();
        if (features.isPresent() && !features.get().image().equals(image)) {
            throw new InvalidInput(
                    "LOCAL_FEATURES_INVALID",
                    "local features of " + features.get().image() + " were sent with " + image,
                    features.get().image(),
                    image);
        }
    }

    /// Sharing the memory, with its own position; read-only.
    @Override
    public ByteBuffer thumbnail() {
        return thumbnail.duplicate();
    }
}
