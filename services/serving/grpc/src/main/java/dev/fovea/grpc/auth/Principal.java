package dev.fovea.grpc.auth;

import java.util.Set;

/// Who calls.
///
/// @param name for people; nothing is decided by it
/// @param roles as the token's issuer gave them
public record Principal(String name, Set<String> roles) {
    public Principal {
        roles = Set.copyOf(roles);
    }
}
