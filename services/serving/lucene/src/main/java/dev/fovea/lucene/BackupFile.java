package dev.fovea.lucene;

import dev.fovea.vectorindex.IndexRefused;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.lucene.util.IOUtils;

/// What a copied file must be.
///
/// @param sha256 64 hexadecimal digits
record BackupFile(long bytes, String sha256) {

    /// Durable when it returns, but for the folder's entry.
    ///
    /// @throws IndexRefused if there is no such file
    static BackupFile copy(Path from, Path to) throws IOException {
        MessageDigest digest = newDigest();
        long bytes;
        try (InputStream in = new DigestInputStream(Files.newInputStream(from), digest);
                OutputStream out = Files.newOutputStream(to)) {
            bytes = in.transferTo(out);
        } catch (NoSuchFileException missing) {
            throw new IndexRefused(from + " is missing", missing);
        }
        IOUtils.fsync(to, false);
        return new BackupFile(bytes, HexFormat.of().formatHex(digest.digest()));
    }

    /// @throws IndexRefused naming the file
    void requireSame(BackupFile copied, Path from) {
        if (!equals(copied)) {
            throw new IndexRefused(from + " is damaged: its manifest says " + bytes + " bytes with SHA-256 " + sha256
                    + ", it has " + copied.bytes + " with " + copied.sha256 + "; use another backup");
        }
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
