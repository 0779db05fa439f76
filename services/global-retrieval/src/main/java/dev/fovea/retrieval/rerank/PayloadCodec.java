package dev.fovea.retrieval.rerank;

import dev.fovea.imaging.ImageSize;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32C;

/// [StoredPayload] as bytes, little-endian:
///
/// | bytes | what |
/// |---|---|
/// | 1 | version of the format, 1 |
/// | 4 | CRC-32C of all that follows |
/// | 4 + 4 | width and height of the image, pixels |
/// | 1 | 1 if features follow, else 0 |
/// | … | features, see [FeatureCodec] |
/// | rest | thumbnail |
///
/// The same payload is the same bytes everywhere.
public final class PayloadCodec {

    private static final byte VERSION = 1;
    private static final int HEAD = Byte.BYTES + Integer.BYTES;
    private static final int FIXED = HEAD + 2 * Integer.BYTES + Byte.BYTES;

    private PayloadCodec() {}

    /// Features lose what their quantisation loses: see [FeatureCodec].
    public static ByteBuffer encode(StoredPayload payload) {
        Optional<ByteBuffer> features = payload.features().map(FeatureCodec::write);
        int bytes = FIXED
                + features.map(ByteBuffer::remaining).orElse(0)
                + payload.thumbnail().remaining();
        ByteBuffer target = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        target.put(VERSION).putInt(0);
        target.putInt(payload.image().widthPx()).putInt(payload.image().heightPx());
        target.put((byte) (features.isPresent() ? 1 : 0));
        features.ifPresent(target::put);
        target.put(payload.thumbnail());
        target.flip();
        target.putInt(Byte.BYTES, checksum(target));
        return target.asReadOnlyBuffer();
    }

    /// Reads the remaining bytes; the buffer's position stays.
    ///
    /// @throws UnreadablePayload if they are not what [#encode] wrote, or of a later version
    public static StoredPayload decode(ByteBuffer bytes) {
        ByteBuffer source = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        requireSound(source);
        source.position(HEAD);
        ImageSize image = new ImageSize(source.getInt(), source.getInt());
        Optional<LocalFeatures> features =
                source.get() == 0 ? Optional.empty() : Optional.of(FeatureCodec.read(source, image));
        ByteBuffer thumbnail =
                ByteBuffer.allocate(source.remaining()).put(source).flip();
        return new StoredPayload(image, features, thumbnail);
    }

    private static void requireSound(ByteBuffer source) {
        if (source.remaining() == 0) {
            throw new UnreadablePayload("a stored payload has no bytes");
        }
        byte version = source.get(0);
        if (version != VERSION) {
            throw new UnreadablePayload("a stored payload has format version " + Byte.toUnsignedInt(version)
                    + "; this release reads version " + VERSION);
        }
        if (source.remaining() < FIXED) {
            throw new UnreadablePayload(
                    "a stored payload has " + source.remaining() + " bytes, below the least of " + FIXED);
        }
        int stored = source.getInt(Byte.BYTES);
        int actual = checksum(source);
        if (stored != actual) {
            throw new UnreadablePayload("a stored payload of %d bytes is damaged: its checksum is %08x, not %08x"
                    .formatted(source.remaining(), actual, stored));
        }
    }

    private static int checksum(ByteBuffer payload) {
        var checksum = new CRC32C();
        checksum.update(payload.slice(HEAD, payload.limit() - HEAD));
        return (int) checksum.getValue();
    }
}
