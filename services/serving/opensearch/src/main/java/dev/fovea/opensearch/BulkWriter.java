package dev.fovea.opensearch;

import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.InferenceFailure;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.vectorindex.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Groups the writes of concurrent callers into bulk requests.
///
/// Any thread may write; it waits for its own outcome, so what is queued is bounded by the callers there are. Requests
/// are made by virtual threads of its own, each of which fills the next while the others' are on their way. Whoever
/// makes it closes it, when nobody writes any more.
final class BulkWriter implements AutoCloseable {

    private final BulkLimits limits;
    private final BulkRequests requests;
    private final Ticker ticker;
    private final BlockingQueue<PendingWrite> queue = new LinkedBlockingQueue<>();
    private final List<Thread> lanes = new ArrayList<>();
    private volatile boolean closed;

    BulkWriter(BulkLimits limits, BulkRequests requests, String index, Ticker ticker) {
        this.limits = limits;
        this.requests = requests;
        this.ticker = ticker;
        for (int i = 0; i < limits.requests(); i++) {
            lanes.add(Thread.ofVirtual()
                    .name("opensearch-bulk-" + index + "-" + i)
                    .start(this::work));
        }
    }

    /// Returns once the write is durable on every copy that is up.
    ///
    /// @param nanos until the write's deadline
    /// @throws InferenceFailure what kept it from happening; `Unavailable` or `Overloaded` if that may pass
    Written write(PendingWrite write, long nanos) throws InterruptedException {
        requireOpen();
        queue.add(write);
        try {
            return write.outcome.get(Math.max(1, nanos), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof InferenceFailure known
                    ? known
                    : new IllegalStateException("write of \"" + write.id + "\"", failed.getCause());
        } catch (TimeoutException late) {
            throw write.trouble().asFailure();
        } finally {
            write.outcome.cancel(false);
        }
    }

    @Override
    public void close() {
        closed = true;
        lanes.forEach(Thread::interrupt);
        for (PendingWrite left = queue.poll(); left != null; left = queue.poll()) {
            left.outcome.completeExceptionally(closedFailure());
        }
    }

    private void work() {
        List<PendingWrite> group = List.of();
        try {
            while (!closed) {
                group = next();
                deliver(group);
            }
        } catch (InterruptedException | Unavailable closing) {
            group.forEach(write -> write.outcome.completeExceptionally(closedFailure()));
        }
    }

    /// What is unexpected fails this group; the lane goes on, or the writes after it would wait for nobody.
    private void deliver(List<PendingWrite> group) throws InterruptedException {
        try {
            requests.deliver(group);
        } catch (Unavailable closing) {
            throw closing;
        } catch (RuntimeException unexpected) {
            group.forEach(write -> write.outcome.completeExceptionally(unexpected));
        }
    }

    /// Waits for a first write, then for as many as one request takes, or until the wait for company is over.
    private List<PendingWrite> next() throws InterruptedException {
        List<PendingWrite> group = new ArrayList<>();
        PendingWrite first = queue.take();
        group.add(first);
        long bytes = first.document().length;
        long end = ticker.nanoTime() + limits.linger().toNanos();
        while (group.size() < limits.documents() && bytes < limits.bytes()) {
            PendingWrite another = queue.poll(end - ticker.nanoTime(), TimeUnit.NANOSECONDS);
            if (another == null) {
                return group;
            }
            group.add(another);
            bytes += another.document().length;
        }
        return group;
    }

    private void requireOpen() {
        if (closed) {
            throw closedFailure();
        }
    }

    private static Unavailable closedFailure() {
        return new Unavailable(Trouble.UNAVAILABLE, "the index is closed");
    }
}
