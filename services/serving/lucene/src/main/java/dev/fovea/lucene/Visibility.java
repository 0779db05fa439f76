package dev.fovea.lucene;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.DeadlineExceeded;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.search.ControlledRealTimeReopenThread;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.AlreadyClosedException;

/// Lets searches see what was written: twice within the stated time, and at once where somebody waits.
///
/// **Threads:** any.
final class Visibility implements AutoCloseable {

    /// So that one refresh serves those who come at nearly the same time.
    private static final Duration BETWEEN_HASTY_REFRESHES = Duration.ofMillis(5);

    /// How often a waiter looks whether refreshing has ended.
    private static final long LOOK_MILLIS = 200;

    private final IndexWriter writer;
    private final IndexHealth health;
    private final Ticker ticker;
    private final Refreshes refreshes;
    private final ControlledRealTimeReopenThread<IndexSearcher> refresher;

    Visibility(OpenIndex index, String name, Duration within, Ticker ticker) {
        this.writer = index.writer();
        this.health = index.health();
        this.ticker = ticker;
        this.refreshes = new Refreshes(index);
        index.searchers().addListener(refreshes); // before Lucene's own, which wakes who waits
        this.refresher = new ControlledRealTimeReopenThread<>(
                writer, index.searchers(), seconds(within.dividedBy(2)), seconds(BETWEEN_HASTY_REFRESHES));
        refresher.setName(name);
        refresher.setDaemon(true);
        refresher.setUncaughtExceptionHandler((_, failure) -> health.lose(failure));
        refresher.start();
    }

    /// Returns when searches see every write that returned before the call. Lucene's thread says so after a
    /// refresh that failed as well, and ends only then.
    void await(Deadline deadline) throws InterruptedException {
        long wanted = written();
        long generation = wanted;
        while (true) {
            health.requireOpen();
            long left = TimeUnit.NANOSECONDS.toMillis(deadline.remainingNanos(ticker));
            if (refresher.waitForGeneration(generation, (int) Math.clamp(left, 0, LOOK_MILLIS))) {
                if (refreshes.seen() >= wanted) {
                    return;
                }
                generation = written();
                Thread.onSpinWait();
            }
            if (left <= 0) {
                throw new DeadlineExceeded("the deadline passed before searches saw what was written");
            }
        }
    }

    private long written() {
        health.requireOpen();
        try {
            return writer.getMaxCompletedSequenceNumber();
        } catch (AlreadyClosedException closed) {
            throw health.failure(closed);
        }
    }

    @Override
    public void close() {
        refresher.close();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
