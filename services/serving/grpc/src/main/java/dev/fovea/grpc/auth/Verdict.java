package dev.fovea.grpc.auth;

/// What a token is worth. No text in it quotes the token.
public sealed interface Verdict {

    record Accepted(Principal principal) implements Verdict {}

    /// It is no good, and will not become so.
    ///
    /// @param why one sentence for the caller, lower case, no full stop
    record Refused(String why) implements Verdict {}

    /// Nobody can tell now; the same call may succeed later.
    ///
    /// @param why one sentence for the caller, lower case, no full stop
    record Undecided(String why) implements Verdict {}
}
