package dev.fovea.grpc.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A file in PEM.
///
/// Messages quote what a file is and where it lies, never what a key file holds.
///
/// @param name as messages name it: the configuration key or the option
public record PemFile(String name, Path path) {

    @Override
    public String toString() {
        return name + " = " + path;
    }

    /// TLS that trusts the authorities in this file, as it is now, and no others.
    ///
    /// @throws IllegalArgumentException if it cannot be read or holds none
    public SSLContext trusting() throws GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        try {
            trusted.load(null, null);
        } catch (IOException nothingIsRead) {
            throw new IllegalStateException(nothingIsRead);
        }
        for (X509Certificate authority : certificates(bytes())) {
            trusted.setCertificateEntry(Integer.toString(trusted.size()), authority);
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    /// What the file holds now, as stored.
    ///
    /// @throws IllegalArgumentException if it cannot be read
    byte[] bytes() {
        try {
            return Files.readAllBytes(path);
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException(this + " does not exist", missing);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(this + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /// The certificates in a file's bytes, in their order.
    ///
    /// @throws IllegalArgumentException if there is none, or one is damaged
    List<X509Certificate> certificates(byte[] bytes) {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes))) {
                certificates.add((X509Certificate) certificate);
            }
        } catch (CertificateException damaged) {
            throw new IllegalArgumentException(
                    this + " holds no certificates in PEM: " + damaged.getMessage(), damaged);
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException(this + " holds no certificates in PEM");
        }
        return certificates;
    }

    /// The private key in a file's bytes: PKCS#8, PKCS#1 (RSA) or SEC 1 (EC), not encrypted.
    ///
    /// @throws IllegalArgumentException if there is none, or it is damaged
    PrivateKey privateKey(byte[] bytes) {
        try {
            return PrivateKeyPem.parse(new String(bytes, StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException | IllegalArgumentException damaged) {
            // The cause could quote the key.
            throw new IllegalArgumentException(
                    this + " holds no private key that can be read: it must be PEM (PKCS#8, PKCS#1 or SEC 1), RSA, EC"
                            + " or Ed25519, not encrypted");
        }
    }
}
