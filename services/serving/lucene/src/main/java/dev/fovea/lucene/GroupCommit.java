package dev.fovea.lucene;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fovea.inference.Deadline;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.lucene.index.IndexWriter;

/// Makes writes durable. Callers that come while a commit runs share the next one, so the number of fsyncs
/// does not grow with theirs.
///
/// **Threads:** any; commits run on the one thread of `committer`.
final class GroupCommit {

    private final IndexWriter writer;
    private final Tombstones tombstones;
    private final OwnThreads committer;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private Optional<CompletableFuture<Void>> next = Optional.empty();

    /// @param committer one thread, closed by whoever made it
    GroupCommit(IndexWriter writer, Tombstones tombstones, OwnThreads committer) {
        this.writer = writer;
        this.tombstones = tombstones;
        this.committer = committer;
    }

    /// Returns when every write that returned before the call is durable.
    void makeDurable(Deadline deadline) throws InterruptedException {
        if (writer.hasUncommittedChanges()) {
            committer.await(join(), deadline);
        }
    }

    /// Makes durable what was written, for nobody who waits.
    void start() {
        CompletableFuture<Void> unused = join();
    }

    private CompletableFuture<Void> join() {
        synchronized (lock) {
            if (next.isPresent()) {
                return next.get();
            }
            committer.execute(this::commit);
            var mine = new CompletableFuture<Void>();
            next = Optional.of(mine);
            return mine;
        }
    }

    private void commit() {
        CompletableFuture<Void> served;
        synchronized (lock) {
            served = next.orElseThrow();
            next = Optional.empty(); // who comes from here on may have written too late for this commit
        }
        try {
            tombstones.purgeIfDue();
            writer.commit();
            served.complete(null);
        } catch (IOException | RuntimeException | Error failed) {
            served.completeExceptionally(failed);
        }
    }
}
