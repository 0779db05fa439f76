package dev.fovea.grpc.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fovea.tests.support.Certificates;
import dev.fovea.tests.support.Certificates.Issued;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsFilesTest {

    private static Path folder = Path.of("");
    private static Certificates authority;
    private static Issued server;

    @BeforeAll
    static void issue(@TempDir Path temporary) throws Exception {
        folder = temporary;
        authority = new Certificates(temporary);
        server = authority.issue("server");
    }

    @Test
    void whatFitsTogetherIsRead() {
        TlsMaterial read = files(server.certificate(), server.key(), Optional.of(authority.authority()))
                .read();

        assertThat(read.key().getAlgorithm()).isEqualTo("EC");
        assertThat(read.authorities()).hasSize(1);
        assertThat(read).asString().contains("CN=server").doesNotContain("PRIVATE");
    }

    @Test
    void theFingerprintChangesWithAnyFileAndOnlyThen() throws Exception {
        Issued other = authority.issue("other");
        TlsFiles files = files(server.certificate(), server.key(), Optional.empty());

        assertThat(files.read().fingerprint()).isEqualTo(files.read().fingerprint());
        assertThat(files(other.certificate(), other.key(), Optional.empty())
                        .read()
                        .fingerprint())
                .isNotEqualTo(files.read().fingerprint());
        assertThat(files(server.certificate(), server.key(), Optional.of(authority.authority()))
                        .read()
                        .fingerprint())
                .isNotEqualTo(files.read().fingerprint());
    }

    @Test
    void keysInTheOlderFormsAreRead() throws Exception {
        Issued rsa = authority.issue("rsa", "-keyalg", "RSA", "-keysize", "2048", "-validity", "1");
        byte[] pkcs8 = der(rsa.key());
        Path pkcs1 = pem("RSA PRIVATE KEY", lastOctets(pkcs8), "pkcs1.key");
        Path sec1 = pem("EC PRIVATE KEY", withCurve(lastOctets(der(server.key()))), "sec1.key");

        assertThat(files(rsa.certificate(), pkcs1, Optional.empty()).read().key())
                .isInstanceOf(RSAPrivateCrtKey.class);
        assertThat(files(server.certificate(), sec1, Optional.empty())
                        .read()
                        .key()
                        .getAlgorithm())
                .isEqualTo("EC");
    }

    @Test
    void aMissingFileIsRefused() {
        refused(files(folder.resolve("none.pem"), server.key(), Optional.empty()))
                .withMessage("certificate = " + folder.resolve("none.pem") + " does not exist");
    }

    @Test
    void aFileWithoutCertificatesIsRefused() {
        refused(files(server.key(), server.key(), Optional.empty()))
                .withMessageStartingWith("certificate = " + server.key() + " holds no certificates in PEM");
    }

    @Test
    void aFileWithoutAKeyIsRefusedAndNotQuoted() throws Exception {
        Path broken = Files.writeString(
                folder.resolve("broken.key"), "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");

        refused(files(server.certificate(), broken, Optional.empty()))
                .withMessageStartingWith("key = " + broken + " holds no private key that can be read")
                .withMessageNotContaining("c2VjcmV0")
                .withNoCause();
        refused(files(server.certificate(), server.certificate(), Optional.empty()))
                .withMessageContaining("holds no private key");
    }

    @Test
    void aDamagedOlderKeyIsRefused() throws Exception {
        byte[] whole = withCurve(lastOctets(der(server.key())));
        for (int length = 0; length < whole.length; length += 7) {
            Path cut = pem("EC PRIVATE KEY", Arrays.copyOf(whole, length), "cut.key");
            refused(files(server.certificate(), cut, Optional.empty())).withMessageContaining("holds no private key");
        }
    }

    @Test
    void anotherCertificatesKeyIsRefused() throws Exception {
        Issued other = authority.issue("another");
        Issued rsa = authority.issue("another-rsa", "-keyalg", "RSA", "-keysize", "2048", "-validity", "1");

        for (Path key : new Path[] {other.key(), rsa.key()}) {
            refused(files(server.certificate(), key, Optional.empty()))
                    .withMessage("key = " + key + " is not the key of the first certificate in certificate = "
                            + server.certificate() + " (CN=server)");
        }
    }

    @Test
    void anExpiredCertificateIsRefused() throws Exception {
        Issued old = authority.expired("old");

        refused(files(old.certificate(), old.key(), Optional.empty()))
                .withMessageStartingWith(
                        "certificate = " + old.certificate() + " holds a certificate of CN=old that expired on 20");
    }

    private static org.assertj.core.api.ThrowableAssertAlternative<IllegalArgumentException> refused(TlsFiles files) {
        return assertThatIllegalArgumentException().isThrownBy(files::read);
    }

    private static TlsFiles files(Path certificate, Path key, Optional<Path> authorities) {
        return new TlsFiles(
                new PemFile("certificate", certificate),
                new PemFile("key", key),
                authorities.map(path -> new PemFile("authorities", path)));
    }

    private static byte[] der(Path pem) throws Exception {
        return Base64.getMimeDecoder().decode(Files.readString(pem).replaceAll("-----[A-Z ]+-----", ""));
    }

    private static Path pem(String kind, byte[] der, String name) throws Exception {
        return Files.writeString(
                folder.resolve(name),
                "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + kind
                        + "-----\n");
    }

    /// PKCS#8 ends with the older form, in an octet string of its own.
    private static byte[] lastOctets(byte[] pkcs8) {
        for (int at = 4; at < pkcs8.length; at++) {
            for (int header = 2; header <= 4 && pkcs8[at] == 4; header++) {
                int length = lengthOf(pkcs8, at, header);
                if (length == pkcs8.length - at - header && length > 30) {
                    return Arrays.copyOfRange(pkcs8, at + header, pkcs8.length);
                }
            }
        }
        throw new IllegalArgumentException("no octets");
    }

    private static int lengthOf(byte[] der, int at, int header) {
        int first = der[at + 1] & 0xFF;
        return switch (header) {
            case 2 -> first;
            case 3 -> first == 0x81 ? der[at + 2] & 0xFF : -1;
            default -> first == 0x82 ? ByteBuffer.wrap(der, at + 2, 2).getShort() & 0xFFFF : -1;
        };
    }

    /// `SEQUENCE { version, key }` with the curve P-256 appended, as OpenSSL writes it.
    private static byte[] withCurve(byte[] sec1) {
        byte[] curve = java.util.HexFormat.of().parseHex("a00a06082a8648ce3d030107");
        int key = 2 + 3 + 2 + 32;
        byte[] whole = Arrays.copyOf(sec1, key + curve.length);
        System.arraycopy(curve, 0, whole, key, curve.length);
        whole[1] = (byte) (whole.length - 2);
        return whole;
    }
}
