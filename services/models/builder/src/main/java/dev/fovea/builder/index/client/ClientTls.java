package dev.fovea.builder.index.client;

import io.grpc.ChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whom a client trusts and what it shows, out of PEM files. All are looked at before gRPC reads them: it says of
/// what it cannot read neither which file that is nor what would do.
///
/// @param authorities empty: those that Java trusts
/// @param shown empty: no certificate
record ClientTls(Optional<Path> authorities, Optional<Shown> shown) {

    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC");

    /// What the client shows.
    ///
    /// @param chain the own certificate first
    /// @param key in PKCS#8, not encrypted
    record Shown(Path chain, Path key) {}

    /// @throws IOException if a file is missing or holds something else; the message quotes no key
    ChannelCredentials credentials() throws IOException {
        var credentials = TlsChannelCredentials.newBuilder();
        if (authorities.isPresent()) {
            requireCertificates("--ca", authorities.get());
            credentials.trustManager(authorities.get().toFile());
        }
        if (shown.isPresent()) {
            requireCertificates("--client-certificate", shown.get().chain());
            requireKey(shown.get().key());
            credentials.keyManager(
                    shown.get().chain().toFile(), shown.get().key().toFile());
        }
        return credentials.build();
    }

    private static void requireCertificates(String option, Path file) throws IOException {
        requireFile(file);
        try (InputStream content = Files.newInputStream(file)) {
            if (CertificateFactory.getInstance("X.509")
                    .generateCertificates(content)
                    .isEmpty()) {
                throw new IOException(option + " " + file + " holds no certificates");
            }
        } catch (CertificateException broken) {
            throw new IOException(option + " " + file + " holds no certificates: " + broken.getMessage(), broken);
        }
    }

    private static void requireKey(Path file) throws IOException {
        requireFile(file);
        Matcher block = PKCS8.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!block.find() || !isKey(Base64.getMimeDecoder().decode(block.group(1)))) {
            throw new IOException("--client-key " + file + " holds no private key of " + ALGORITHMS
                    + " in PKCS#8 that is not encrypted; of another form makes one: openssl pkcs8 -topk8 -nocrypt -in "
                    + file);
        }
    }

    private static boolean isKey(byte[] der) throws IOException {
        for (String algorithm : ALGORITHMS) {
            try {
                KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
                return true;
            } catch (InvalidKeySpecException another) {
                // The next is tried.
            } catch (GeneralSecurityException missing) {
                throw new IOException(missing);
            }
        }
        return false;
    }

    private static void requireFile(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
    }
}
