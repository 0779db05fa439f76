package dev.fovea.kafka.publish;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/// UUIDs that follow from a name, so that the same thing gets the same id after a crash.
///
/// Source: RFC 9562 section 5.5 (version 5, SHA-1), in a name space of our own.
public final class NamedUuid {

    private static final UUID NAME_SPACE = UUID.fromString("6f7ea000-7669-5369-8f6e-666f76656121");

    private NamedUuid() {}

    /// @param names joined by a byte that no UTF-8 text contains
    public static UUID of(String... names) {
        MessageDigest sha1 = sha1();
        sha1.update(ByteBuffer.allocate(16)
                .putLong(NAME_SPACE.getMostSignificantBits())
                .putLong(NAME_SPACE.getLeastSignificantBits())
                .flip());
        for (String name : names) {
            sha1.update(name.getBytes(StandardCharsets.UTF_8));
            sha1.update((byte) 0xff);
        }
        ByteBuffer hash = ByteBuffer.wrap(sha1.digest());
        long high = (hash.getLong() & ~0xf000L) | 0x5000L;
        long low = (hash.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
        return new UUID(high, low);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1", impossible);
        }
    }
}
