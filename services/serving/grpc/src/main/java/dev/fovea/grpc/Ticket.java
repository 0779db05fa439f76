package dev.fovea.grpc;

import io.grpc.Context;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// One admitted call, held by the transport until the client has its answer and by the work until it has ended.
final class Ticket {
    private static final Context.Key<Ticket> KEY = Context.key("fovea-admission-ticket");

    private final Admission admission;
    private final Object connection;
    private final AtomicInteger holders = new AtomicInteger(1);
    private final AtomicLong keptBytes = new AtomicLong();

    Ticket(Admission admission, Object connection) {
        this.admission = admission;
        this.connection = connection;
    }

    /// The ticket of the call that runs in the current context; empty where no [AdmissionInterceptor] is installed.
    static Optional<Ticket> current() {
        return Optional.ofNullable(KEY.get());
    }

    Context in(Context context) {
        return context.withValue(KEY, this);
    }

    /// Holds the ticket, and `requestBytes` of the byte limit, until the returned hold is closed.
    ///
    /// @throws dev.fovea.inference.failure.Overloaded if the bytes do not fit
    /// @throws dev.fovea.inference.failure.Unavailable when draining
    Hold hold(long requestBytes) {
        admission.take(requestBytes);
        holders.incrementAndGet();
        return () -> {
            admission.giveBack(requestBytes);
            release();
        };
    }

    /// Holds `answerBytes` of the byte limit of answers until the returned hold is closed.
    ///
    /// @throws dev.fovea.inference.failure.Overloaded if the bytes do not fit
    Hold holdAnswer(long answerBytes) {
        admission.takeAnswer(answerBytes);
        return () -> admission.giveBackAnswer(answerBytes);
    }

    /// As [#holdAnswer], until the call has ended.
    void keepAnswer(long answerBytes) {
        admission.takeAnswer(answerBytes);
        keptBytes.addAndGet(answerBytes);
    }

    void release() {
        if (holders.decrementAndGet() == 0) {
            admission.giveBackAnswer(keptBytes.get());
            admission.leave(connection);
        }
    }

    /// Something counted until it is closed, once.
    interface Hold extends AutoCloseable {
        Hold NONE = () -> {};

        @Override
        void close();
    }
}
