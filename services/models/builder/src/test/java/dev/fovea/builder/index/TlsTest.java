package dev.fovea.builder.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.TlsServerCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder = Path.of("");

    private final IndexCommands fovea;
    private String address = "";
    private Runnable stop = () -> {};

    TlsTest() throws IOException {
        fovea = new IndexCommands();
    }

    @BeforeEach
    void aServiceWithACertificateOfItsOwn() throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve("store.p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "fovea",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        Path key =
                pem("PRIVATE KEY", keys.getKey("fovea", PASSWORD.toCharArray()).getEncoded(), "key.pem");
        Path certificate = pem("CERTIFICATE", keys.getCertificate("fovea").getEncoded(), "ca.pem");
        var service = new StubbedRetrieval(
                TlsServerCredentials.create(certificate.toFile(), key.toFile()), IndexCommands.IMAGES);
        address = service.address();
        stop = service::close;
    }

    @AfterEach
    void stop() {
        stop.run();
        fovea.close();
    }

    @Test
    void aServiceIsTrustedByTheAuthorityOfItsCertificate() {
        int code = fovea.bare(
                "index",
                "stats",
                "--server",
                address,
                "--ca",
                folder.resolve("ca.pem").toString());

        assertThat(code).as(fovea.err.toString()).isZero();
        assertThat(fovea.out.toString()).contains("images (default)");
    }

    @Test
    void aServiceOfAnUnknownAuthorityIsNotTrusted() {
        assertThat(fovea.bare("index", "stats", "--server", address, "--tls")).isEqualTo(1);

        assertThat(fovea.err.toString())
                .startsWith("fovea index stats: " + address + " cannot be reached: ")
                .contains("unable to find valid certification path")
                .hasLineCount(1);
    }

    @Test
    void aFileWithoutCertificatesIsRefused() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing");

        assertThat(fovea.bare("index", "stats", "--server", address, "--ca", empty.toString()))
                .isEqualTo(1);

        assertThat(fovea.err.toString())
                .startsWith("fovea index stats: --ca " + empty + " holds no certificates")
                .hasLineCount(1);
    }

    private Path pem(String kind, byte[] der, String name) throws IOException {
        String text = "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END "
                + kind + "-----\n";
        return Files.writeString(folder.resolve(name), text);
    }
}
