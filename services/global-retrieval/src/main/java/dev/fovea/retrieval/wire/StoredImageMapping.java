package dev.fovea.retrieval.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.fovea.imaging.ImageSize;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.retrieval.StoredImage;
import dev.fovea.retrieval.rerank.LocalFeatures;
import dev.fovea.retrieval.rerank.StoredPayload;
import java.util.Optional;

/// Stored images to their message and back.
public final class StoredImageMapping {
    /// One of 320 px has about 20 KB.
    private static final int MAX_THUMBNAIL_BYTES = 256 << 10;

    private StoredImageMapping() {}

    public static dev.fovea.proto.v1.StoredImage message(StoredImage image) {
        StoredPayload payload = image.payload();
        var message = dev.fovea.proto.v1.StoredImage.newBuilder()
                .setId(image.id())
                .setVersion(image.version())
                .putAllMetadata(MetadataMapping.messages(image.metadata()))
                .setImageWidth(payload.image().widthPx())
                .setImageHeight(payload.image().heightPx())
                .setThumbnail(UnsafeByteOperations.unsafeWrap(payload.thumbnail()));
        if (image.embedding().dimension() > 0) {
            message.setEmbedding(EmbeddingMapping.message(image.embedding()));
        }
        payload.features().ifPresent(features -> message.setLocalFeatures(LocalFeaturesMapping.message(features)));
        return message.build();
    }

    /// Its id, version and metadata are as sent, unchecked.
    ///
    /// @throws InvalidInput `EMBEDDING_INVALID`, `IMAGE_SIZE_INVALID`, `THUMBNAIL_INVALID`,
    ///     `LOCAL_FEATURES_INVALID`
    public static StoredImage image(dev.fovea.proto.v1.StoredImage message) {
        ImageSize size = size(message);
        Optional<LocalFeatures> features = message.hasLocalFeatures()
                ? Optional.of(LocalFeaturesMapping.features(message.getLocalFeatures(), size))
                : Optional.empty();
        requireJpeg(message.getThumbnail());
        return new StoredImage(
                message.getId(),
                message.getVersion(),
                MetadataMapping.metadata(message.getMetadataMap()),
                EmbeddingMapping.embedding(message.getEmbedding()),
                new StoredPayload(size, features, message.getThumbnail().asReadOnlyByteBuffer()));
    }

    private static ImageSize size(dev.fovea.proto.v1.StoredImage message) {
        // A side beyond 2^31 arrives as a negative one.
        if (message.getImageWidth() < 0 || message.getImageHeight() < 0) {
            String sent = Integer.toUnsignedString(message.getImageWidth()) + "x"
                    + Integer.toUnsignedString(message.getImageHeight());
            throw new InvalidInput(
                    "IMAGE_SIZE_INVALID",
                    "the stored image has " + sent + " px; a side has at most " + Integer.MAX_VALUE,
                    sent,
                    Integer.MAX_VALUE);
        }
        return new ImageSize(message.getImageWidth(), message.getImageHeight());
    }

    private static void requireJpeg(ByteString thumbnail) {
        boolean jpeg = thumbnail.size() > 3
                && thumbnail.byteAt(0) == (byte) 0xFF
                && thumbnail.byteAt(1) == (byte) 0xD8
                && thumbnail.byteAt(2) == (byte) 0xFF;
        if (!thumbnail.isEmpty() && (!jpeg || thumbnail.size() > MAX_THUMBNAIL_BYTES)) {
            throw new InvalidInput(
                    "THUMBNAIL_INVALID",
                    "a thumbnail of " + thumbnail.size() + " bytes is no JPEG file of at most " + MAX_THUMBNAIL_BYTES
                            + " bytes",
                    thumbnail.size() + " bytes",
                    MAX_THUMBNAIL_BYTES + " bytes");
        }
    }
}
