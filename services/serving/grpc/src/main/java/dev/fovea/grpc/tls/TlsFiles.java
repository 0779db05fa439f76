package dev.fovea.grpc.tls;

import java.util.Optional;

/// Where one side of a connection has what it shows and whom it trusts.
///
/// @param certificate the chain, the own certificate first
/// @param key the own certificate's
/// @param authorities whose signature the other side's certificate must bear; empty: none is asked of it
public record TlsFiles(PemFile certificate, PemFile key, Optional<PemFile> authorities) {

    /// All of them as they are now, checked.
    ///
    /// @throws IllegalArgumentException if one is missing or unreadable, the key is not the certificate's, or the
    ///     certificate is not valid now
    public TlsMaterial read() {
        return TlsMaterial.of(this);
    }
}
