package dev.fovea.builder.index.archive;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.fovea.proto.v1.Collection;
import dev.fovea.proto.v1.StoredImage;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Reads an exported collection, image by image.
///
/// One thread; whoever opened it closes it.
public final class ArchiveReader implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 20;

    private final Path file;
    private final DataInputStream in;
    private final Collection header;
    private long images;

    private ArchiveReader(Path file, DataInputStream in) throws IOException {
        this.file = file;
        this.in = in;
        this.header = header();
    }

    /// @throws IOException if it is no exported collection, or of a later format version
    public static ArchiveReader open(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        try {
            InputStream plain = ArchiveFormat.zipped(file) ? new GZIPInputStream(bytes, BUFFER_BYTES) : bytes;
            return new ArchiveReader(file, new DataInputStream(new BufferedInputStream(plain, BUFFER_BYTES)));
        } catch (EOFException | ZipException foreign) {
            bytes.close();
            throw new IOException(file + " is no exported collection", foreign);
        } catch (IOException | RuntimeException failed) {
            bytes.close();
            throw failed;
        }
    }

    /// The collection that was exported, as the service described it then.
    public Collection collection() {
        return header;
    }

    /// Empty after the last.
    ///
    /// @throws IOException if the file is damaged or cut off, naming the number of images before
    public Optional<StoredImage> next() throws IOException {
        try {
            byte[] message = message();
            if (message.length > 0) {
                StoredImage image = StoredImage.parseFrom(message);
                images++;
                return Optional.of(image);
            }
            long written = in.readLong();
            if (written != images) {
                throw new IOException(
                        file + " is damaged: it holds " + images + " images, but " + written + " were written");
            }
            return Optional.empty();
        } catch (EOFException end) {
            throw new IOException(file + " is cut off after " + images + " images", end);
        } catch (InvalidProtocolBufferException | ZipException damaged) {
            throw new IOException(file + " is damaged after " + images + " images: " + damaged.getMessage(), damaged);
        }
    }

    private Collection header() throws IOException {
        byte[] magic = in.readNBytes(ArchiveFormat.magic().length);
        if (!Arrays.equals(magic, ArchiveFormat.magic())) {
            throw new IOException(file + " is no exported collection");
        }
        byte version = in.readByte();
        if (version != ArchiveFormat.VERSION) {
            throw new IOException(
                    file + " has format version " + version + "; this program reads version " + ArchiveFormat.VERSION);
        }
        try {
            return Collection.parseFrom(message());
        } catch (InvalidProtocolBufferException damaged) {
            throw new IOException(file + " is damaged at its start: " + damaged.getMessage(), damaged);
        }
    }

    private byte[] message() throws IOException {
        int length = CodedInputStream.readRawVarint32(in.readUnsignedByte(), in);
        if (length < 0 || length > ArchiveFormat.MAX_MESSAGE_BYTES) {
            throw new InvalidProtocolBufferException("an image of " + Integer.toUnsignedLong(length) + " bytes");
        }
        byte[] message = in.readNBytes(length);
        if (message.length < length) {
            throw new EOFException();
        }
        return message;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
