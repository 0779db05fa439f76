package dev.fovea.grpc.tls;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// What was in the files of [TlsFiles] at one moment, and fits together.
///
/// @param chain the own certificate first
/// @param authorities empty: the other side shows no certificate
/// @param fingerprint SHA-256 of all files; the same while nothing has changed
public record TlsMaterial(
        PrivateKey key, List<X509Certificate> chain, List<X509Certificate> authorities, String fingerprint) {

    private static final byte[] ANYTHING = {1, 2, 3};

    public TlsMaterial {
        chain = List.copyOf(chain);
        authorities = List.copyOf(authorities);
    }

    /// Names the certificate, and holds no key.
    @Override
    public String toString() {
        return "certificate of " + chain.getFirst().getSubjectX500Principal() + ", valid until "
                + chain.getFirst().getNotAfter().toInstant();
    }

    static TlsMaterial of(TlsFiles files) {
        byte[] certificate = files.certificate().bytes();
        byte[] key = files.key().bytes();
        Optional<byte[]> authorities = files.authorities().map(PemFile::bytes);
        var material = new TlsMaterial(
                files.key().privateKey(key),
                files.certificate().certificates(certificate),
                authorities
                        .map(bytes -> files.authorities().orElseThrow().certificates(bytes))
                        .orElse(List.of()),
                fingerprint(certificate, key, authorities.orElse(new byte[0])));
        material.requireMatch(files);
        for (X509Certificate each : material.chain()) {
            requireValidNow(files.certificate(), each);
        }
        return material;
    }

    private void requireMatch(TlsFiles files) {
        try {
            String algorithm =
                    switch (key.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> "Ed25519";
                    };
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(ANYTHING);
            byte[] signed = signature.sign();
            signature.initVerify(chain.getFirst().getPublicKey());
            signature.update(ANYTHING);
            if (signature.verify(signed)) {
                return;
            }
        } catch (GeneralSecurityException anotherKind) {
            // Of another algorithm: it does not match either.
        }
        throw new IllegalArgumentException(files.key() + " is not the key of the first certificate in "
                + files.certificate() + " (" + chain.getFirst().getSubjectX500Principal() + ")");
    }

    private static void requireValidNow(PemFile file, X509Certificate certificate) {
        try {
            certificate.checkValidity();
        } catch (CertificateExpiredException expired) {
            throw new IllegalArgumentException(
                    file + " holds a certificate of " + certificate.getSubjectX500Principal() + " that expired on "
                            + certificate.getNotAfter().toInstant(),
                    expired);
        } catch (CertificateNotYetValidException early) {
            throw new IllegalArgumentException(
                    file + " holds a certificate of " + certificate.getSubjectX500Principal()
                            + " that is not valid before "
                            + certificate.getNotBefore().toInstant(),
                    early);
        }
    }

    private static String fingerprint(byte[]... files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] file : files) {
                digest.update(MessageDigest.getInstance("SHA-256").digest(file));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (GeneralSecurityException everyRuntimeHasIt) {
            throw new IllegalStateException(everyRuntimeHasIt);
        }
    }
}
