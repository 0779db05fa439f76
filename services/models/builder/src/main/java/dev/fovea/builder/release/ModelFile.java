package dev.fovea.builder.release;

import dev.fovea.repository.ModelVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/// Writing a model's file so that a reader sees all of it or nothing.
public final class ModelFile {

    private ModelFile() {}

    /// @throws IOException if it is no file or cannot be read
    public static byte[] read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is not a file");
        }
        return Files.readAllBytes(file);
    }

    /// Writes beside the file first, to the disk, then moves.
    ///
    /// @param replace whether an existing version may be replaced
    /// @throws IOException if the version exists and may not be replaced, or the disk refuses
    public static void write(ModelVersion version, byte[] bytes, boolean replace) throws IOException {
        requireFree(version, replace);
        Path file = version.file();
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path unfinished =
                file.resolveSibling(".model-" + UUID.randomUUID() + ".unfinished"); // readable as any new file is
        unfinished.toFile().deleteOnExit();
        try {
            try (FileChannel channel =
                    FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer content = ByteBuffer.wrap(bytes);
                while (content.hasRemaining()) {
                    channel.write(content);
                }
                channel.force(true);
            }
            move(unfinished, version, replace);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /// @param replace whether an existing version may be replaced
    /// @throws IOException if the version exists and may not be replaced
    static void requireFree(ModelVersion version, boolean replace) throws IOException {
        if (!replace && Files.exists(version.file())) {
            throw exists(version);
        }
    }

    /// Hexadecimal, lower case.
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void move(Path unfinished, ModelVersion version, boolean replace) throws IOException {
        if (replace) {
            Files.move(unfinished, version.file(), StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        try {
            Files.createLink(version.file(), unfinished); // unlike a move, refuses atomically if the file is there
        } catch (FileAlreadyExistsException e) {
            throw exists(version);
        } catch (UnsupportedOperationException e) {
            Files.move(unfinished, version.file());
        }
    }

    private static IOException exists(ModelVersion version) {
        return new IOException(version + " exists already: " + version.file() + " (--force replaces it)");
    }
}
