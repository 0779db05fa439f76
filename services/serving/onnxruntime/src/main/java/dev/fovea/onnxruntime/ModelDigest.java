package dev.fovea.onnxruntime;

import dev.fovea.inference.session.SessionException;
import dev.fovea.repository.ModelVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/// SHA-256 of a model file.
final class ModelDigest {

    private static final int CHUNK_BYTES = 1 << 20;

    private ModelDigest() {}

    /// The digest of the model's file as `sha256:` and 64 hexadecimal digits, compared with the one in
    /// `model.onnx.sha256` beside it (as `sha256sum` writes it) if that file exists.
    ///
    /// @throws SessionException quoting both digests if they differ, or naming the file that cannot be read
    static String verified(ModelVersion model) throws SessionException {
        Path expectedIn = model.file().resolveSibling(model.file().getFileName() + ".sha256");
        try {
            String actual = of(model.file());
            if (Files.exists(expectedIn)) {
                String expected =
                        Files.readString(expectedIn).strip().split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
                if (!expected.equals(actual)) {
                    throw OnnxRuntimeLoader.failure(
                            model, "its SHA-256 is " + actual + ", but " + expectedIn + " says " + expected);
                }
            }
            return "sha256:" + actual;
        } catch (IOException unreadable) {
            throw OnnxRuntimeLoader.failure(model, "it cannot be read: " + unreadable, unreadable);
        }
    }

    /// Streamed: a model may be larger than the heap.
    private static String of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                sha256.update(chunk, 0, count);
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
