package dev.fovea.quarkus.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Who may call what. Calls need a token where `tokens-file` or `oidc.issuer` is given.
public interface GrpcAuthConfig {

    @Setting(
            is = "file of tokens, one a line: `name role,role sha256:<64 hexadecimal digits>`, or the token itself in"
                    + " place of its digest; `#` begins a comment; read again when it changes",
            otherwise = "none")
    Optional<Path> tokensFile();

    OidcConfig oidc();

    @Setting(
            is = "roles that may call, comma-separated, `*` is any caller with a token; the key ends in a quoted"
                    + " method `\"fovea.v1.GlobalRetrieval/Upsert\"`, service `\"fovea.v1.GlobalRetrieval/*\"` or"
                    + " `\"*\"`, of which the most specific decides",
            otherwise = "none: every caller with a token may call everything")
    Map<String, String> allow();
}
