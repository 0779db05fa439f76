package dev.fovea.architectures.weights.bytes;

import dev.fovea.architectures.weights.WeightsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// Reads a run of bytes forwards through a small buffer; allocates nothing that the bytes left do not
/// cover.
///
/// Owned by one thread. Whoever opens it closes it.
public final class ByteReader implements AutoCloseable {

    private static final int BUFFER = 8 << 10;

    private final Bytes source;
    private final InputStream stream;
    private final byte[] buffer;
    private long fetched; // position in the source of the byte after the buffer's last
    private int next;
    private int filled;

    private ByteReader(Bytes source, InputStream stream, long from) {
        this.source = source;
        this.stream = stream;
        this.fetched = from;
        this.buffer = new byte[(int) Math.min(BUFFER, source.size() - from)];
    }

    /// @param from a position in the bytes
    /// @throws WeightsException if they cannot be read from there
    public static ByteReader open(Bytes source, long from) {
        if (from < 0 || from > source.size()) {
            throw source.error("nothing at byte " + from + " of " + source.size());
        }
        try {
            return new ByteReader(source, source.stream(from), from);
        } catch (IOException e) {
            throw unreadable(source, e);
        }
    }

    /// In the source.
    public long position() {
        return fetched - filled + next;
    }

    public long remaining() {
        return source.size() - position();
    }

    /// An error about what is read here.
    public WeightsException error(String problem) {
        return source.error(problem);
    }

    /// One byte, 0 to 255.
    public int unsigned() {
        require(1);
        if (next == filled) {
            fetch();
        }
        return buffer[next++] & 0xFF;
    }

    /// An integer, least significant byte first.
    ///
    /// @param width 1 to 8 bytes; fewer than 8 are read as unsigned
    public long littleEndian(int width) {
        long value = 0;
        for (int i = 0; i < width; i++) {
            value |= (long) unsigned() << (8 * i);
        }
        return value;
    }

    /// The next bytes, as a new array.
    ///
    /// @throws WeightsException if there are not as many
    public byte[] bytes(int count) {
        require(count);
        byte[] bytes = new byte[count];
        read(bytes, count);
        return bytes;
    }

    /// Fills the beginning of an array.
    ///
    /// @throws WeightsException if there are not as many
    public void read(byte[] target, int count) {
        require(count);
        int done = Math.min(count, filled - next);
        System.arraycopy(buffer, next, target, 0, done);
        next += done;
        while (count - done >= BUFFER) {
            done += fetch(target, done, count - done); // large parts need no buffer
        }
        while (done < count) {
            target[done++] = (byte) unsigned();
        }
    }

    /// @throws WeightsException if there are not as many
    public void skip(long count) {
        require(count);
        long buffered = Math.min(count, filled - next);
        next += (int) buffered;
        if (count > buffered) {
            try {
                stream.skipNBytes(count - buffered);
                fetched += count - buffered;
            } catch (IOException e) {
                throw unreadable(source, e);
            }
        }
    }

    /// Text up to the next line feed, which is read too; every byte one character.
    ///
    /// @param limit in bytes
    public String line(int limit) {
        var text = new StringBuilder();
        for (int c = unsigned(); c != '\n'; c = unsigned()) {
            if (text.length() == limit) {
                throw error("a line at byte " + position() + " is longer than " + limit + " bytes");
            }
            text.append((char) c);
        }
        return text.toString();
    }

    /// The next bytes as UTF-8; what is no UTF-8 becomes the replacement character.
    public String text(int count) {
        return new String(bytes(count), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            throw unreadable(source, e);
        }
    }

    private void require(long count) {
        if (count < 0 || count > remaining()) {
            throw error("truncated: " + count + " bytes wanted at byte " + position() + ", " + remaining() + " left");
        }
    }

    private void fetch() {
        filled = fetch(buffer, 0, (int) Math.min(buffer.length, source.size() - fetched));
        next = 0;
    }

    private int fetch(byte[] target, int from, int count) {
        try {
            int read = stream.read(target, from, count);
            if (read <= 0) {
                throw error("ends at byte " + fetched + ", " + source.size() + " are declared");
            }
            fetched += read;
            return read;
        } catch (IOException e) {
            throw unreadable(source, e);
        }
    }

    private static WeightsException unreadable(Bytes source, IOException e) {
        return new WeightsException(source.subject() + ": cannot be read: " + e.getMessage(), e);
    }
}
