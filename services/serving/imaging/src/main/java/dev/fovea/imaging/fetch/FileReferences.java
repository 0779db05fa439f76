package dev.fovea.imaging.fetch;

import dev.fovea.inference.failure.SourceUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// Reads `file:` references within the allowed folders.
///
/// The path is compared before the disk is touched, so that nobody learns what exists elsewhere, and again after
/// symbolic links are resolved, so that no link leads out.
final class FileReferences {

    private final List<Path> folders;
    private final List<Path> realFolders;
    private final int maxBytes;

    /// @throws IllegalArgumentException if an allowed folder does not exist
    FileReferences(FetchPolicy policy) {
        this.folders = policy.folders().stream()
                .map(folder -> folder.toAbsolutePath().normalize())
                .toList();
        this.realFolders = folders.stream().map(FileReferences::realFolder).toList();
        this.maxBytes = policy.limits().maxBytes();
    }

    ByteBuffer read(URI reference) {
        Path path = path(reference);
        requireWithin(folders, path, reference);
        try {
            Path real = path.toRealPath();
            requireWithin(realFolders, real, reference);
            // A pipe or a device would block or never end.
            if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
                throw Refusals.notAllowed("reference " + reference + " is not a regular file", "" + reference, "");
            }
            return contents(real);
        } catch (NoSuchFileException missing) {
            throw Refusals.notFound("reference " + reference + " does not exist");
        } catch (IOException unreadable) {
            throw new SourceUnavailable(
                    "REFERENCE_UNAVAILABLE", "reference " + reference + " cannot be read now", unreadable);
        }
    }

    private ByteBuffer contents(Path file) throws IOException {
        long size = Files.size(file);
        if (size > maxBytes) {
            throw Refusals.tooLarge(size + " bytes", maxBytes);
        }
        try (InputStream stream = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = stream.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw Refusals.tooLarge("more than " + maxBytes + " bytes", maxBytes);
            }
            return ByteBuffer.wrap(bytes);
        }
    }

    private static Path path(URI reference) {
        try {
            return Path.of(reference).normalize();
        } catch (RuntimeException malformed) {
            // With an authority, a query, no leading slash, or an encoded NUL.
            throw Refusals.malformed("reference " + reference + " is no path on this machine");
        }
    }

    private static void requireWithin(List<Path> allowed, Path path, URI reference) {
        if (allowed.stream().noneMatch(path::startsWith)) {
            throw Refusals.notAllowed(
                    "reference " + reference + " is outside the folders that configuration allows",
                    "" + reference,
                    allowed.size() + " allowed folders");
        }
    }

    private static Path realFolder(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException missing) {
            throw new IllegalArgumentException("reference folder " + folder + " does not exist", missing);
        }
    }
}
