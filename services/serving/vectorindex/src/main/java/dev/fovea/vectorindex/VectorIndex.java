package dev.fovea.vectorindex;

import dev.fovea.inference.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The index of one collection.
///
/// **Writes** are versioned: the highest version of an id wins, an equal one changes nothing, a lower one is stale,
/// whatever the order in which they come; a delete is a write too. So a repeated or delayed write does no harm. A write
/// that has returned is seen by [#get] at once, by searches within [#visibleWithin], and
/// survives the loss of every process once [#makeDurable] has returned.
///
/// **Failures:** `Unavailable` (code `INDEX_UNAVAILABLE`) if the engine cannot be reached or is closed, `Overloaded`
/// (`INDEX_OVERLOADED`) if it refuses for load; a write that failed so may or may not have happened and can be
/// repeated. `InvalidInput` for a wrong dimension, id or undeclared field.
///
/// **Threads:** any. **Who closes it:** whoever opened it; closing makes everything durable first.
public interface VectorIndex extends AutoCloseable {

    CollectionSpec spec();

    /// Name of the engine, for example `lucene`.
    String engine();

    /// Keeps the entry unless a higher version of its id is kept.
    Written upsert(IndexEntry entry, Deadline deadline) throws InterruptedException;

    /// Removes the entry unless a higher version of its id is kept; remembers the version, so that an upsert of a lower
    /// one that comes later is stale.
    Written delete(String id, long version, Deadline deadline) throws InterruptedException;

    /// Returns when every write that returned before this call is durable.
    void makeDurable(Deadline deadline) throws InterruptedException;

    /// Returns when searches see every write that returned before this call.
    void awaitVisible(Deadline deadline) throws InterruptedException;

    /// The longest that a write stays invisible to searches.
    Duration visibleWithin();

    /// Those of the ids that are kept, in the order of `ids`; sees every write that has returned.
    List<IndexEntry> get(List<String> ids, Set<Part> parts, Deadline deadline) throws InterruptedException;

    /// The entries with the largest inner products, best first; ties by id.
    List<Hit> search(VectorQuery query, Deadline deadline) throws InterruptedException;

    /// All entries that are visible, in the order of their ids.
    ///
    /// @param after the `next` of the page before; empty starts
    /// @param limit entries at most, at least 1
    ScanPage scan(Optional<String> after, int limit, Optional<Filter> filter, Set<Part> parts, Deadline deadline)
            throws InterruptedException;

    IndexStats stats(Deadline deadline) throws InterruptedException;

    /// What keeps the index from answering now, one sentence; empty: nothing. An index that refuses writes only, for
    /// want of room, answers. Does not wait.
    Optional<String> problem();

    @Override
    void close();
}
