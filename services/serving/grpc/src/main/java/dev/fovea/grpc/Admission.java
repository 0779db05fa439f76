package dev.fovea.grpc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fovea.inference.failure.Overloaded;
import dev.fovea.inference.failure.Unavailable;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Counts what is in flight over gRPC and refuses early what would go over the limits.
///
/// **Guarantee:** a call is counted until its client has its answer *and* the work on it has ended; cancelling calls
/// does not make room for more while their work goes on.
///
/// **Threads:** any.
public final class Admission {
    private final AdmissionLimits limits;
    private final Consumer<String> refusals;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<Object, Integer> callsByConnection = new HashMap<>();

    @GuardedBy("lock")
    private int calls;

    @GuardedBy("lock")
    private long bytes;

    @GuardedBy("lock")
    private long answerBytes;

    @GuardedBy("lock")
    private boolean draining;

    public Admission(AdmissionLimits limits) {
        this(limits, code -> {});
    }

    /// @param refusals told the code of each; must not wait
    public Admission(AdmissionLimits limits, Consumer<String> refusals) {
        this.limits = limits;
        this.refusals = refusals;
    }

    /// From now on every call, and every further item of an open stream, is refused as unavailable.
    public void drain() {
        synchronized (lock) {
            draining = true;
        }
    }

    /// Calls in flight now.
    public int calls() {
        synchronized (lock) {
            return calls;
        }
    }

    /// Request bytes in flight now.
    public long bytes() {
        synchronized (lock) {
            return bytes;
        }
    }

    /// Bytes of answers that wait for their clients now.
    public long answerBytes() {
        synchronized (lock) {
            return answerBytes;
        }
    }

    /// @param connection equal for the calls of one connection
    /// @throws Overloaded if the connection or all of them have too many calls in flight
    /// @throws Unavailable when draining
    Ticket enter(Object connection) {
        synchronized (lock) {
            requireNotDraining();
            int ofConnection = callsByConnection.getOrDefault(connection, 0);
            requireRoom(
                    "CONNECTION_OVERLOADED",
                    "calls in flight on this connection",
                    ofConnection,
                    limits.callsPerConnection());
            requireRoom("SERVER_OVERLOADED", "calls in flight", calls, limits.calls());
            callsByConnection.put(connection, ofConnection + 1);
            calls++;
            return new Ticket(this, connection);
        }
    }

    /// @throws Overloaded if these bytes do not fit beside those in flight
    /// @throws Unavailable when draining
    void take(long more) {
        synchronized (lock) {
            requireNotDraining();
            requireFits(
                    "a request of " + more + " bytes does not fit beside the " + bytes + " bytes in flight",
                    bytes,
                    more);
            bytes += more;
        }
    }

    /// As many bytes again as requests may have: else a full house would refuse what it has worked on. Also while
    /// draining, as its call was let in.
    ///
    /// @throws Overloaded if this answer does not fit beside those that clients have not yet taken
    void takeAnswer(long more) {
        synchronized (lock) {
            requireFits(
                    "an answer of " + more + " bytes does not fit beside the " + answerBytes
                            + " bytes that clients have not yet taken",
                    answerBytes,
                    more);
            answerBytes += more;
        }
    }

    void giveBackAnswer(long taken) {
        synchronized (lock) {
            answerBytes -= taken;
        }
    }

    void giveBack(long taken) {
        synchronized (lock) {
            bytes -= taken;
        }
    }

    void leave(Object connection) {
        synchronized (lock) {
            calls--;
            callsByConnection.computeIfPresent(connection, (_, count) -> count == 1 ? null : count - 1);
        }
    }

    @GuardedBy("lock")
    private void requireNotDraining() {
        if (draining) {
            refusals.accept("DRAINING");
            throw new Unavailable("DRAINING", "this process is shutting down and takes no new calls");
        }
    }

    // A single message always fits: its size has a limit of its own.
    private void requireFits(String otherwise, long there, long more) {
        if (there > 0 && there + more > limits.bytes()) {
            refusals.accept("SERVER_OVERLOADED");
            throw new Overloaded(
                    "SERVER_OVERLOADED",
                    otherwise + "; the limit is " + limits.bytes() + " bytes",
                    there + more,
                    limits.bytes(),
                    limits.retryAfter());
        }
    }

    private void requireRoom(String code, String what, int count, int limit) {
        if (count >= limit) {
            refusals.accept(code);
            throw new Overloaded(
                    code, count + " " + what + "; the limit is " + limit, count, limit, limits.retryAfter());
        }
    }
}
