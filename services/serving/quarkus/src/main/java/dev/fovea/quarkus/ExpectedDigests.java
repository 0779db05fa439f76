package dev.fovea.quarkus;

import dev.fovea.inference.session.ModelSession;
import dev.fovea.inference.session.SessionException;
import dev.fovea.inference.session.SessionLoader;
import dev.fovea.repository.ModelVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Loads a model only if its file has the digest that configuration expects of it. The file is read before the engine
/// sees it: parsing an unexpected file in native code is what the digest is to prevent.
public final class ExpectedDigests implements SessionLoader {

    /// Key under which digests are expected; a model's own ends in its quoted `name@version`.
    static final String KEY = "fovea.models.expected-digests";

    private static final String PREFIX = "sha256:";
    private static final Pattern DIGEST = Pattern.compile("(sha256:)?[0-9a-f]{64}");
    private static final int CHUNK_BYTES = 1 << 20;

    private final SessionLoader loader;
    private final Map<String, String> expected;

    /// @param expected by `name@version`; a model that is not listed may have any
    /// @throws IllegalArgumentException naming the first value that is no SHA-256
    public ExpectedDigests(SessionLoader loader, Map<String, String> expected) {
        this.loader = loader;
        this.expected = Map.copyOf(normalized(expected));
    }

    @Override
    public ModelSession load(ModelVersion model) throws SessionException {
        String wanted = expected.get(model.toString());
        if (wanted != null) {
            requireDigest(model, wanted, digest(model.file()));
        }
        ModelSession session = loader.load(model);
        try {
            if (wanted != null) {
                requireDigest(model, wanted, session.digest()); // the file may have changed in between
            }
            return session;
        } catch (SessionException changed) {
            session.close();
            throw changed;
        }
    }

    private static void requireDigest(ModelVersion model, String wanted, String actual) throws SessionException {
        if (!wanted.equals(actual)) {
            throw new SessionException(
                    "model " + model + " (" + model.file() + ") has the digest " + actual + ", but " + key(model)
                            + " = " + wanted,
                    false);
        }
    }

    private static Map<String, String> normalized(Map<String, String> expected) {
        Map<String, String> digests = new TreeMap<>();
        new TreeMap<>(expected).forEach((model, text) -> {
            String digest = text.strip().toLowerCase(Locale.ROOT);
            if (!DIGEST.matcher(digest).matches()) {
                throw new IllegalArgumentException(key(model) + " = " + text
                        + " is no SHA-256: expected are 64 hexadecimal digits, with or without " + PREFIX
                        + " before them");
            }
            digests.put(model, digest.startsWith(PREFIX) ? digest : PREFIX + digest);
        });
        return digests;
    }

    /// Streamed: a model may be larger than the heap.
    private static String digest(Path file) throws SessionException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                sha256.update(chunk, 0, count);
            }
            return PREFIX + HexFormat.of().formatHex(sha256.digest());
        } catch (IOException unreadable) {
            throw new SessionException("model file " + file + " cannot be read: " + unreadable, unreadable, false);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static String key(Object model) {
        return KEY + ".\"" + model + "\"";
    }
}
