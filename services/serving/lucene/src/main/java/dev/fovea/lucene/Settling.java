package dev.fovea.lucene;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.index.IndexWriter;

/// Puts the index in order when nobody writes: merges its small segments ([SettlingMerges]), and then makes
/// the result durable, since the files of merged segments stay as long as the last commit names them.
///
/// **Threads:** one of its own; merges run on Lucene's.
final class Settling implements AutoCloseable {

    private final IndexWriter writer;
    private final IndexHealth health;
    private final GroupCommit commits;
    private final ScheduledExecutorService looks;
    private long written = -1;

    /// @param pause without a write, after which the index is put in order
    Settling(OpenIndex index, String name, Duration pause, GroupCommit commits) {
        this.writer = index.writer();
        this.health = index.health();
        this.commits = commits;
        this.looks = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
        ScheduledFuture<?> unused =
                looks.scheduleWithFixedDelay(this::look, pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void look() {
        try {
            if (health.problem().isEmpty() && !isWritten()) {
                settle();
            }
        } catch (IOException | RuntimeException failed) {
            health.report(failed);
        }
    }

    private boolean isWritten() {
        long now = writer.getMaxCompletedSequenceNumber();
        boolean more = now != written;
        written = now;
        return more;
    }

    /// One step of it: the next look takes the next.
    private void settle() throws IOException {
        if (isMerging()) {
            return;
        }
        writer.maybeMerge();
        if (!isMerging() && writer.hasUncommittedChanges()) {
            commits.start();
        }
    }

    private boolean isMerging() {
        return writer.hasPendingMerges() || !writer.getMergingSegments().isEmpty();
    }

    /// Returns when no look is under way.
    @Override
    public void close() {
        looks.close();
    }
}
