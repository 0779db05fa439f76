package dev.fovea.grpc.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// One line of a file of tokens: `name role,role sha256:<64 hexadecimal digits>`, or the token itself in place of its
/// digest. Its messages quote the number of a line and nothing that stands in it.
final class TokenLine {
    private static final String DIGEST = "sha256:";
    private static final int DIGEST_DIGITS = 64;
    private static final int SHORTEST = 16;

    private final Principal principal;
    private final byte[] digest;

    private TokenLine(Principal principal, byte[] digest) {
        this.principal = principal;
        this.digest = digest;
    }

    /// The lines of a whole file; empty ones and those that begin with `#` are left out.
    ///
    /// @throws IllegalArgumentException if a line is none of these, two have one token, or there is none
    static List<TokenLine> all(String text) {
        List<TokenLine> lines = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().map(String::strip).toList()) {
            number++;
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            TokenLine parsed = parse(line, "line " + number);
            if (lines.stream().anyMatch(other -> other.has(parsed.digest))) {
                throw new IllegalArgumentException("line " + number + " has the token of a line above");
            }
            lines.add(parsed);
        }
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("which holds no token");
        }
        return List.copyOf(lines);
    }

    Principal principal() {
        return principal;
    }

    /// Whether its token has this SHA-256; takes the same time whatever the answer is.
    boolean has(byte[] sha256) {
        return MessageDigest.isEqual(digest, sha256);
    }

    private static TokenLine parse(String line, String where) {
        String[] words = line.split("\\s+", -1);
        if (words.length != 3) {
            throw new IllegalArgumentException(
                    where + " has " + words.length + " words, not 3: name, roles, and token or its digest");
        }
        List<String> roles = List.of(words[1].split(",", -1));
        if (roles.contains("")) {
            throw new IllegalArgumentException(where + " has an empty role");
        }
        return new TokenLine(new Principal(words[0], Set.copyOf(roles)), digest(words[2], where));
    }

    private static byte[] digest(String token, String where) {
        if (token.startsWith(DIGEST)) {
            String digits = token.substring(DIGEST.length());
            if (!digits.matches("[0-9a-fA-F]{" + DIGEST_DIGITS + "}")) {
                throw new IllegalArgumentException(
                        where + ": " + DIGEST + " is not followed by " + DIGEST_DIGITS + " hexadecimal digits");
            }
            return HexFormat.of().parseHex(digits);
        }
        if (token.length() < SHORTEST) {
            throw new IllegalArgumentException(
                    where + ": a token of " + token.length() + " characters can be guessed; the least is " + SHORTEST);
        }
        return StaticTokens.sha256(token.getBytes(StandardCharsets.UTF_8));
    }
}
