package dev.fovea.quarkus.security;

import dev.fovea.grpc.PeriodicTask;
import dev.fovea.grpc.auth.AuthenticationInterceptor;
import dev.fovea.grpc.auth.MethodRules;
import dev.fovea.grpc.auth.OidcSettings;
import dev.fovea.grpc.auth.OidcTokens;
import dev.fovea.grpc.auth.StaticTokens;
import dev.fovea.grpc.auth.TokenVerifier;
import dev.fovea.quarkus.parts.ServicePart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Who may call the gRPC port: everyone, or who shows a token. Owns the threads that keep tokens and keys current.
/// While nobody can tell good tokens from bad ones, the process is not ready.
public final class Authentication implements ServicePart {

    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Optional<TokenVerifier> verifier;
    private final MethodRules rules;
    private final List<Runnable> closes = new ArrayList<>();

    /// Both empty: everyone may call everything.
    ///
    /// @param tokens out of a file, which is looked at every 5 seconds from now on
    /// @param oidc whose keys are fetched from now on
    public Authentication(Optional<StaticTokens> tokens, Optional<OidcSettings> oidc, MethodRules rules) {
        List<TokenVerifier> verifiers = new ArrayList<>();
        tokens.ifPresent(file -> {
            verifiers.add(file);
            closes.add(new PeriodicTask("fovea-tokens", LOOK, file::look)::close);
        });
        oidc.map(OidcTokens::new).ifPresent(issued -> {
            verifiers.add(issued);
            closes.add(issued::close);
        });
        this.verifier = verifiers.isEmpty() ? Optional.empty() : Optional.of(TokenVerifier.anyOf(verifiers));
        this.rules = rules;
    }

    /// Whether calls need a token.
    public boolean isOn() {
        return verifier.isPresent();
    }

    /// Refuses who may not call; empty: everyone may.
    ///
    /// @param refusals told the code of each
    public Optional<AuthenticationInterceptor> interceptor(Consumer<String> refusals) {
        return verifier.map(tokens -> new AuthenticationInterceptor(tokens, rules, refusals));
    }

    @Override
    public String name() {
        return "authentication";
    }

    @Override
    public Optional<String> problem() {
        return verifier.flatMap(TokenVerifier::problem);
    }

    @Override
    public void close() {
        closes.forEach(Runnable::run);
    }
}
