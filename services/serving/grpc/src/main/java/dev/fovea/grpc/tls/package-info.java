/// Certificates and private keys out of PEM files, checked before anything uses them.
///
/// It opens no connection and knows no transport.
@NullMarked
package dev.fovea.grpc.tls;

import org.jspecify.annotations.NullMarked;
