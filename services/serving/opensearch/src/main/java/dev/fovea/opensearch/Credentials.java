package dev.fovea.opensearch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/// A user of the cluster.
public record Credentials(String user, String password) {

    /// Reads the password from a file, less the end of its last line.
    public static Credentials fromFile(String user, Path password) throws IOException {
        return new Credentials(user, Files.readString(password).stripTrailing());
    }

    String asHeader() {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /// Without the password.
    @Override
    public String toString() {
        return "user " + user;
    }
}
