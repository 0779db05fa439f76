package dev.fovea.grpc.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tokens out of a file. Only digests are kept, and compared in a time that does not depend on what is sent.
///
/// **Threads:** any; one at a time calls [#look].
public final class StaticTokens implements TokenVerifier {
    private static final Logger LOG = LoggerFactory.getLogger(StaticTokens.class);

    private final String key;
    private final Path file;
    private volatile Known known;
    private String lastProblem = "";

    /// @param key of configuration that names the file
    /// @throws IllegalArgumentException if the file cannot be read, or a line of it is none
    public StaticTokens(String key, Path file) {
        this.key = key;
        this.file = file;
        this.known = read();
    }

    private record Known(String fileDigest, List<TokenLine> tokens) {}

    /// Reads the file again if it has changed. What cannot be used is told once and changes nothing.
    public void look() {
        try {
            Known now = read();
            if (!now.fileDigest().equals(known.fileDigest())) {
                known = now;
                LOG.atInfo()
                        .addKeyValue("file", file)
                        .addKeyValue("tokens", now.tokens().size())
                        .log("the file of tokens has changed and is in use");
            }
            lastProblem = "";
        } catch (IllegalArgumentException unusable) {
            String problem = String.valueOf(unusable.getMessage());
            if (!problem.equals(lastProblem)) {
                lastProblem = problem;
                LOG.atError()
                        .addKeyValue("problem", problem)
                        .log("the file of tokens cannot be used; those read before stay valid");
            }
        }
    }

    @Override
    public Verdict verify(String token) {
        byte[] digest = sha256(token.getBytes(StandardCharsets.UTF_8));
        Optional<Principal> principal = Optional.empty();
        for (TokenLine line : known.tokens()) {
            // All are compared: when it ends must not tell which one it was.
            if (line.has(digest)) {
                principal = Optional.of(line.principal());
            }
        }
        return principal
                .<Verdict>map(Verdict.Accepted::new)
                .orElseGet(() -> new Verdict.Refused("it is no token of this service"));
    }

    @Override
    public Optional<String> problem() {
        return Optional.empty();
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException everyRuntimeHasIt) {
            throw new IllegalStateException(everyRuntimeHasIt);
        }
    }

    private Known read() {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException(key + " = " + file + " does not exist", missing);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    key + " = " + file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
        try {
            return new Known(
                    HexFormat.of().formatHex(sha256(bytes)), TokenLine.all(new String(bytes, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(key + " = " + file + ", " + wrong.getMessage(), wrong);
        }
    }
}
