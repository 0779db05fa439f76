package dev.fovea.grpc;

import dev.fovea.inference.failure.InferenceFailure;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.net.SocketAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Refuses calls over the limits before their message is read. Connections are told apart by the peer's address and
/// port. Health and reflection are always answered: a process that is overloaded or drains must still say so.
public final class AdmissionInterceptor implements ServerInterceptor {
    private static final Set<String> NEVER_REFUSED = Set.of(
            "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection");

    private final Admission admission;
    private final StatusMapping statuses;

    public AdmissionInterceptor(Admission admission, StatusMapping statuses) {
        this.admission = admission;
        this.statuses = statuses;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (NEVER_REFUSED.contains(String.valueOf(call.getMethodDescriptor().getServiceName()))) {
            return next.startCall(call, headers);
        }
        Ticket ticket;
        try {
            ticket = admission.enter(connection(call));
        } catch (InferenceFailure refusal) {
            var refused = statuses.exception(refusal);
            Metadata trailers = refused.getTrailers();
            call.close(refused.getStatus(), trailers == null ? new Metadata() : trailers);
            return new ServerCall.Listener<>() {};
        }
        return new ReleasingListener<>(
                Contexts.interceptCall(ticket.in(Context.current()), call, headers, next), ticket);
    }

    private static Object connection(ServerCall<?, ?> call) {
        @Nullable SocketAddress peer = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        return peer == null ? call.getAttributes() : peer;
    }

    /// Ends the transport's hold when the call has ended, however it did; gRPC calls exactly one of the two.
    private static final class ReleasingListener<Q> extends SimpleForwardingServerCallListener<Q> {
        private final Ticket ticket;

        ReleasingListener(ServerCall.Listener<Q> delegate, Ticket ticket) {
            super(delegate);
            this.ticket = ticket;
        }

        @Override
        public void onComplete() {
            try {
                super.onComplete();
            } finally {
                ticket.release();
            }
        }

        @Override
        public void onCancel() {
            try {
                super.onCancel();
            } finally {
                ticket.release();
            }
        }
    }
}
