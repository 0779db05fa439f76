package dev.fovea.architectures.weights.bytes;

import dev.fovea.architectures.weights.WeightsException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/// A range of a file as it lies there.
///
/// @param fileSize bytes of the whole file when it was first looked at
/// @param modified when the file was last written, then
/// @param start of the range in the file
public record FileBytes(Path file, long fileSize, FileTime modified, long start, long size) implements Bytes {

    /// The whole of a file.
    ///
    /// @throws WeightsException if it is absent or no plain file
    public static FileBytes of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new WeightsException(file + " is no plain file");
            }
            return new FileBytes(file, attributes.size(), attributes.lastModifiedTime(), 0, attributes.size());
        } catch (NoSuchFileException e) {
            throw new WeightsException(file + ": there is no such file", e);
        } catch (IOException e) {
            throw new WeightsException(file + " cannot be read: " + e, e);
        }
    }

    /// A part of this range.
    ///
    /// @param what is there, for the message
    /// @throws WeightsException if the part leaves this range
    public FileBytes range(String what, long from, long length) {
        if (from < 0 || length < 0 || from > size || length > size - from) {
            throw error(what + " of " + length + " bytes at byte " + from + " leaves the " + size + " bytes there are");
        }
        return new FileBytes(file, fileSize, modified, start + from, length);
    }

    @Override
    public String subject() {
        return String.valueOf(file.getFileName());
    }

    @Override
    public InputStream stream(long from) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            if (now.size() != fileSize || !now.lastModifiedTime().equals(modified)) {
                throw new IOException("the file has changed since it was opened");
            }
            return new Bounded(Channels.newInputStream(channel.position(start + from)), size - from);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// Ends where the range ends, not where the file does.
    private static final class Bounded extends FilterInputStream {

        private long left;

        Bounded(InputStream stream, long left) {
            super(stream);
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int from, int count) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = super.read(target, from, (int) Math.min(count, left));
            left -= Math.max(read, 0);
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(Math.min(count, left));
            left -= skipped;
            return skipped;
        }
    }
}
