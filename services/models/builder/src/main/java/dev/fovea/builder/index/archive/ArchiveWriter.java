package dev.fovea.builder.index.archive;

import dev.fovea.proto.v1.Collection;
import dev.fovea.proto.v1.StoredImage;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPOutputStream;

/// Writes a collection beside the file's place and moves it there when it is complete: a file of that name is never
/// half an export.
///
/// One thread; whoever opened it closes it.
public final class ArchiveWriter implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 20;

    private final Path file;
    private final Path part;
    private final DataOutputStream out;
    private long images;

    private ArchiveWriter(Path file, Path part, DataOutputStream out) {
        this.file = file;
        this.part = part;
        this.out = out;
    }

    /// @param header the collection as the service describes it
    /// @throws IOException if the file cannot be written
    public static ArchiveWriter open(Path file, Collection header) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        OutputStream bytes = Files.newOutputStream(part);
        OutputStream plain = ArchiveFormat.zipped(file) ? new GZIPOutputStream(bytes, BUFFER_BYTES) : bytes;
        var writer = new ArchiveWriter(file, part, new DataOutputStream(new BufferedOutputStream(plain, BUFFER_BYTES)));
        writer.out.write(ArchiveFormat.magic());
        writer.out.writeByte(ArchiveFormat.VERSION);
        header.writeDelimitedTo(writer.out);
        return writer;
    }

    /// Appends an image, which has an id.
    public void write(StoredImage image) throws IOException {
        image.writeDelimitedTo(out);
        images++;
    }

    /// Ends the file and moves it to its place; returns its size in bytes.
    public long complete() throws IOException {
        out.writeByte(0);
        out.writeLong(images);
        out.close();
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return Files.size(file);
    }

    /// Removes what was written unless it was completed.
    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(part);
    }
}
