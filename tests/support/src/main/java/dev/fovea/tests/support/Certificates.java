package dev.fovea.tests.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// An authority that lasts a day and issues certificates for `localhost` and `127.0.0.1`, made by the JDK's keytool.
public final class Certificates {

    private static final String PASSWORD = "changeit";
    private static final String AUTHORITY = "authority";

    private final Path folder;
    private final Path store;
    private final Path authority;

    /// @param folder receives all files; an authority needs one of its own
    public Certificates(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        this.folder = Files.createDirectories(folder);
        this.store = folder.resolve("store.p12");
        generate(
                AUTHORITY,
                List.of(
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=authority",
                        "-ext",
                        "bc:c",
                        "-validity",
                        "1"));
        this.authority = pem("CERTIFICATE", keys().getCertificate(AUTHORITY).getEncoded(), "authority.pem");
    }

    /// @param certificate PEM
    /// @param key PEM, PKCS#8
    public record Issued(Path certificate, Path key) {

        /// Puts these in the place of others, each file at once, as a mounted Secret changes.
        public void replace(Issued others) throws IOException {
            replace(certificate, others.certificate());
            replace(key, others.key());
        }

        private static void replace(Path by, Path old) throws IOException {
            Path beside = old.resolveSibling(old.getFileName() + ".new");
            Files.copy(by, beside, StandardCopyOption.REPLACE_EXISTING);
            Files.move(beside, old, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// The authority's own certificate, PEM.
    public Path authority() {
        return authority;
    }

    /// With a key on curve P-256, valid for a day.
    ///
    /// @param name of the files and of the subject (`CN=name`)
    public Issued issue(String name) throws IOException, InterruptedException, GeneralSecurityException {
        return issue(name, "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "1");
    }

    /// Valid for one day, ten days ago.
    public Issued expired(String name) throws IOException, InterruptedException, GeneralSecurityException {
        return issue(name, "-keyalg", "EC", "-groupname", "secp256r1", "-startdate", "-10d", "-validity", "1");
    }

    /// @param options of `keytool -genkeypair`: algorithm and validity
    public Issued issue(String name, String... options)
            throws IOException, InterruptedException, GeneralSecurityException {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("-dname", "CN=" + name, "-signer", AUTHORITY));
        arguments.addAll(List.of("-ext", "san=dns:localhost,ip:127.0.0.1"));
        generate(name, arguments);
        KeyStore keys = keys();
        return new Issued(
                pem("CERTIFICATE", keys.getCertificate(name).getEncoded(), name + ".pem"),
                pem("PRIVATE KEY", keys.getKey(name, PASSWORD.toCharArray()).getEncoded(), name + ".key"));
    }

    private void generate(String alias, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-alias", alias, "-storetype", "PKCS12"));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
    }

    private KeyStore keys() throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }

    private Path pem(String kind, byte[] der, String name) throws IOException {
        String text = "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END "
                + kind + "-----\n";
        return Files.writeString(folder.resolve(name), text);
    }
}
