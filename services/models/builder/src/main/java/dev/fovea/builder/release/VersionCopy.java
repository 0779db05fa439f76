package dev.fovea.builder.release;

import dev.fovea.repository.ModelRepository;
import dev.fovea.repository.ModelVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Copies one version of a model, in pieces, so that a large file needs little memory.
public final class VersionCopy {

    private VersionCopy() {}

    /// Copies the version's folder beside its place, compares the digest of what was written, then moves it.
    ///
    /// @return one line that says what was done
    /// @throws IOException if the version is there with another content, or the disk refuses
    public static String copy(ModelVersion version, ModelRepository to) throws IOException {
        ModelVersion place = to.place(version.name(), version.version());
        String digest = sha256(version.file());
        if (Files.exists(place.file())) {
            requireSame(version, digest, place);
            return "kept " + version + ": " + place.file() + " (sha256 " + digest + ")";
        }
        Path folder = place.file().toAbsolutePath().resolveSibling("");
        Path unfinished = folder.resolveSibling("." + version.version() + "-" + UUID.randomUUID() + ".unfinished");
        Files.createDirectories(unfinished);
        try {
            fill(unfinished, version.file().toAbsolutePath().resolveSibling(""));
            requireSame(
                    version,
                    digest,
                    new ModelVersion(
                            version.name(), version.version(), unfinished.resolve(ModelRepository.MODEL_FILE)));
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(unfinished);
        }
        return "copied " + version + ": " + place.file() + " (" + Files.size(place.file()) + " bytes, sha256 " + digest
                + ")";
    }

    private static void requireSame(ModelVersion version, String digest, ModelVersion other) throws IOException {
        String found = sha256(other.file());
        if (!found.equals(digest)) {
            throw new IOException(version + " differs: " + version.file() + " has sha256 " + digest + ", "
                    + other.file() + " has " + found);
        }
    }

    private static void fill(Path folder, Path from) throws IOException {
        for (Path file : files(from)) {
            Files.copy(file, folder.resolve(file.getFileName()));
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            for (Path file : files(folder)) {
                Files.delete(file);
            }
            Files.delete(folder);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
