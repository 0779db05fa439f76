package dev.fovea.opensearch;

import dev.fovea.inference.Deadline;
import dev.fovea.vectorindex.Written;
import java.util.concurrent.CompletableFuture;

/// A write that a caller waits for. The caller completes or cancels it, or the request that carries it does.
final class PendingWrite {

    final String id;
    final long version;
    final byte[] document;
    final Deadline deadline;
    final CompletableFuture<Written> outcome = new CompletableFuture<>();

    /// Written by the request that carries it, read by the caller at the deadline.
    private volatile Trouble trouble = Trouble.NO_TURN;

    // owned by the caller until the write is queued, then by the request that carries it
    private boolean mayHaveHappened;

    /// @param document one line of JSON
    PendingWrite(String id, long version, byte[] document, Deadline deadline) {
        this.id = id;
        this.version = version;
        this.document = document;
        this.deadline = deadline;
    }

    /// An earlier write of the same id and version may have happened. Call before the write is queued.
    void repeatsUnsettled() {
        mayHaveHappened = true;
    }

    /// An attempt met this; the write is still open.
    void meet(Trouble met) {
        trouble = met;
        mayHaveHappened |= met.mayHaveHappened();
    }

    /// What the last attempt met.
    Trouble trouble() {
        return trouble;
    }

    /// How OpenSearch is to compare versions.
    ///
    /// After an attempt whose outcome is unknown an equal version is written once more. The document is the same,
    /// but the answer then says that every copy has it, which a conflict with an attempt under way would not.
    String versionType() {
        return mayHaveHappened ? "external_gte" : "external";
    }

    void store() {
        outcome.complete(new Written(Written.Outcome.STORED, version));
    }

    /// @param kept the version that is kept, at least this one's
    void keep(long kept) {
        outcome.complete(new Written(kept == version ? Written.Outcome.UNCHANGED : Written.Outcome.STALE, kept));
    }
}
