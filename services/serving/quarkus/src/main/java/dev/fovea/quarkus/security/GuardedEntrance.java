package dev.fovea.quarkus.security;

import dev.fovea.grpc.AdmissionInterceptor;
import dev.fovea.grpc.auth.AuthenticationInterceptor;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Optional;

/// Authentication, if there is any, and then admission: a stranger takes no room. One interceptor, because the order
/// of two would be Quarkus'.
public final class GuardedEntrance implements ServerInterceptor {

    private final Optional<AuthenticationInterceptor> authentication;
    private final AdmissionInterceptor admission;

    public GuardedEntrance(Optional<AuthenticationInterceptor> authentication, AdmissionInterceptor admission) {
        this.authentication = authentication;
        this.admission = admission;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        return authentication.isEmpty()
                ? admission.interceptCall(call, headers, next)
                : authentication
                        .get()
                        .interceptCall(call, headers, (known, sent) -> admission.interceptCall(known, sent, next));
    }
}
