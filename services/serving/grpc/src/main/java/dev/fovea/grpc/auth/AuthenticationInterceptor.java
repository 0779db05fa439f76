package dev.fovea.grpc.auth;

import dev.fovea.grpc.StatusMapping;
import dev.fovea.proto.v1.Failure;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Refuses calls without a good token, or of methods that the caller may not call, before their message is read. Health
/// is always answered.
///
/// It stands before admission, so that a stranger takes no room.
public final class AuthenticationInterceptor implements ServerInterceptor {
    private static final String HEALTH = "grpc.health.v1.Health";
    private static final String SCHEME = "Bearer ";
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final TokenVerifier tokens;
    private final MethodRules rules;
    private final Consumer<String> refusals;

    /// @param refusals told the code of each
    public AuthenticationInterceptor(TokenVerifier tokens, MethodRules rules, Consumer<String> refusals) {
        this.tokens = tokens;
        this.rules = rules;
        this.refusals = refusals;
    }

    private record Refusal(Status.Code status, Failure failure) {

        static Refusal of(Status.Code status, String code, String message, String value, String limit) {
            return new Refusal(
                    status,
                    Failure.newBuilder()
                            .setCode(code)
                            .setMessage(message)
                            .setValue(value)
                            .setLimit(limit)
                            .build());
        }
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (HEALTH.equals(call.getMethodDescriptor().getServiceName())) {
            return next.startCall(call, headers);
        }
        Optional<Refusal> refusal = refusal(call.getMethodDescriptor().getFullMethodName(), headers);
        if (refusal.isEmpty()) {
            return next.startCall(call, headers);
        }
        Failure failure = refusal.get().failure();
        refusals.accept(failure.getCode());
        var refused = StatusMapping.exception(refusal.get().status(), failure);
        Metadata trailers = refused.getTrailers();
        call.close(refused.getStatus(), trailers == null ? new Metadata() : trailers);
        return new ServerCall.Listener<>() {};
    }

    private Optional<Refusal> refusal(String method, Metadata headers) {
        List<String> sent = new ArrayList<>();
        Iterable<String> all = headers.getAll(AUTHORIZATION);
        if (all != null) {
            all.forEach(sent::add);
        }
        if (sent.isEmpty()) {
            return Optional.of(Refusal.of(
                    Status.Code.UNAUTHENTICATED,
                    "TOKEN_MISSING",
                    method + " needs a token, sent as metadata `authorization: Bearer <token>`",
                    "",
                    ""));
        }
        if (sent.size() > 1 || !sent.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.of(invalid("`authorization` is not one `Bearer <token>`"));
        }
        return switch (tokens.verify(sent.getFirst().substring(SCHEME.length()).strip())) {
            case Verdict.Accepted(Principal principal) -> notAllowed(principal, method);
            case Verdict.Refused(String why) -> Optional.of(invalid("the token is refused: " + why));
            case Verdict.Undecided(String why) ->
                Optional.of(Refusal.of(
                        Status.Code.UNAVAILABLE,
                        "TOKEN_KEYS_UNAVAILABLE",
                        "the token cannot be checked now: " + why,
                        "",
                        ""));
        };
    }

    private static Refusal invalid(String message) {
        return Refusal.of(Status.Code.UNAUTHENTICATED, "TOKEN_INVALID", message, "", "");
    }

    private Optional<Refusal> notAllowed(Principal principal, String method) {
        Optional<Set<String>> may = rules.rolesFor(method);
        if (may.isEmpty() || may.get().stream().anyMatch(principal.roles()::contains)) {
            return Optional.empty();
        }
        String roles = String.join(", ", new TreeSet<>(may.get()));
        return Optional.of(Refusal.of(
                Status.Code.PERMISSION_DENIED,
                "METHOD_NOT_ALLOWED",
                principal.name() + " may not call " + method + "; "
                        + (roles.isEmpty() ? "no role may" : "these roles may: " + roles),
                method,
                roles));
    }
}
