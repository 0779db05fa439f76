package dev.fovea.opensearch;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.failure.Unavailable;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Makes writes visible to searches, with one request for all who wait.
///
/// Any thread. A caller needs a refresh that starts after it came: whoever finds none running runs the next one for
/// all that wait.
final class GroupedRefresh {

    private final Cluster cluster;
    private final Call call;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private long started; // @GuardedBy("lock")
    private long succeeded; // number of the last that did; @GuardedBy("lock")
    private boolean running; // @GuardedBy("lock")

    /// @param path `/` and the index's name
    GroupedRefresh(Cluster cluster, String path) {
        this.cluster = cluster;
        this.call = Call.post(path + "/_refresh", Map.of());
    }

    /// Returns when every copy that is up has refreshed since the call.
    void await(Deadline deadline) throws InterruptedException {
        if (leads(deadline)) {
            boolean good = false;
            try {
                refresh(deadline);
                good = true;
            } finally {
                end(good);
            }
        }
    }

    /// @return true if the caller is to run a refresh; false if one that started after the call has succeeded
    private boolean leads(Deadline deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long needed = started + 1;
            while (running && succeeded < needed) {
                long nanos = deadline.remainingNanos(cluster.ticker());
                if (nanos <= 0 || !ended.await(nanos, TimeUnit.NANOSECONDS)) {
                    throw new Unavailable(Trouble.UNAVAILABLE, "the deadline passed while " + call.name() + " ran");
                }
            }
            boolean leads = succeeded < needed;
            if (leads) {
                running = true;
                started++;
            }
            return leads;
        } finally {
            lock.unlock();
        }
    }

    /// Only one runs at a time, so that it is the last that was started.
    private void end(boolean good) {
        lock.lock();
        try {
            running = false;
            succeeded = good ? started : succeeded;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void refresh(Deadline deadline) throws InterruptedException {
        int failed = cluster.ask(call, deadline)
                .require(call)
                .path("_shards")
                .path("failed")
                .asInt();
        if (failed > 0) {
            throw new Unavailable(Trouble.UNAVAILABLE, call.name() + " failed on " + failed + " copies of shards");
        }
    }
}
