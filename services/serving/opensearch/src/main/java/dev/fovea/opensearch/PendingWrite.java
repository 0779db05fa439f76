package dev.fovea.opensearch;

import dev.fovea.inference.Deadline;
import dev.fovea.vectorindex.Written;
import java.util.concurrent.CompletableFuture;

/// A write that a caller waits for. The caller completes or cancels it, or the request that carries it does.
final class PendingWrite {

    final String id;
    final long version;
    final Deadline deadline;
    final CompletableFuture<Written> outcome = new CompletableFuture<>();

    /// Written by the request that carries it, read by the caller at the deadline.
    private volatile Trouble trouble = Trouble.NO_TURN;

    // owned by the caller until the write is queued, then by the request that carries it
    private byte[] document;
    private boolean mayHaveHappened;
    private boolean wasKept;

    /// @param document one line of JSON
    PendingWrite(String id, long version, byte[] document, Deadline deadline) {
        this.id = id;
        this.version = version;
        this.document = document;
        this.deadline = deadline;
    }

    /// What is to be written, one line of JSON.
    byte[] document() {
        return document;
    }

    /// The version was written before, but whoever wrote it may not have been answered yet: the copies may not
    /// have it. What is kept is written once more, to be answered when they have.
    ///
    /// @param kept the document of this version, one line of JSON
    void confirm(byte[] kept) {
        document = kept;
        wasKept = true;
        meet(new Trouble(false, "it is not known whether every copy has \"" + id + "\"", false));
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
    /// After an attempt whose outcome is unknown, and where the version is found to be kept, an equal version is
    /// written once more. The document is the same, but the answer then says that every copy has it, which a
    /// conflict with an attempt under way would not.
    String versionType() {
        return mayHaveHappened || wasKept ? "external_gte" : "external";
    }

    void store() {
        outcome.complete(new Written(wasKept ? Written.Outcome.UNCHANGED : Written.Outcome.STORED, version));
    }

    /// @param kept the version that is kept, higher than this one's
    void yieldTo(long kept) {
        outcome.complete(new Written(Written.Outcome.STALE, kept));
    }
}
