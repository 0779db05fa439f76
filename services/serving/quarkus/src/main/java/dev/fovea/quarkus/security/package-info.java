/// How the gRPC port is secured: TLS whose files may change while the process runs, and who may call.
///
/// It checks no token itself (`dev.fovea.grpc.auth`) and encrypts nothing but gRPC.
@NullMarked
package dev.fovea.quarkus.security;

import org.jspecify.annotations.NullMarked;
