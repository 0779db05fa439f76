package dev.fovea.grpc.auth;

import java.util.List;
import java.util.Optional;

/// Tells what tokens are worth. Never waits: it is asked on the transport's own threads, by many at once.
public interface TokenVerifier {

    /// @param token as the caller sent it, without `Bearer`
    Verdict verify(String token);

    /// What keeps it from telling good tokens from bad ones, one sentence; empty: nothing.
    Optional<String> problem();

    /// Accepts what any of them accepts; a token that one of them cannot decide on is refused by none.
    ///
    /// @param verifiers asked in this order, at least one
    static TokenVerifier anyOf(List<TokenVerifier> verifiers) {
        if (verifiers.size() == 1) {
            return verifiers.getFirst();
        }
        return new TokenVerifier() {
            @Override
            public Verdict verify(String token) {
                Verdict worst = new Verdict.Refused("it is no token of this service");
                for (TokenVerifier verifier : verifiers) {
                    Verdict verdict = verifier.verify(token);
                    if (verdict instanceof Verdict.Accepted) {
                        return verdict;
                    }
                    worst = worst instanceof Verdict.Undecided ? worst : verdict;
                }
                return worst;
            }

            @Override
            public Optional<String> problem() {
                return verifiers.stream()
                        .flatMap(verifier -> verifier.problem().stream())
                        .findFirst();
            }
        };
    }
}
