package dev.fovea.retrieval;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// Versions of writes: by the time of the write, so that of two entrances the later one wins. Any thread.
///
/// A version is `milliseconds << 20 | low`: a gRPC write counts in the low 20 bits, an event has its offset there. So
/// a replayed event has the version it had, and versions of one partition ascend even within a millisecond, for 2^20
/// events. Milliseconds fit in 43 bits until the year 2248.
///
/// The count of a process begins, in every millisecond, at a number in [0, 2^19) that it drew when it started.
/// So two processes that write one id in the same millisecond hardly ever make the same version, of which one
/// would silently be lost; and at least 2^19 writes fit before the count runs into the next millisecond.
public final class WriteVersions {
    private static final int LOW_BITS = 20;
    private static final long LOW_MASK = (1L << LOW_BITS) - 1;
    private static final long LAST_MILLIS = Long.MAX_VALUE >> LOW_BITS;

    private final InstantSource clock;
    private final long first;
    private final AtomicLong last = new AtomicLong();

    /// @param clock of the machine
    public WriteVersions(InstantSource clock) {
        this(clock, new SecureRandom());
    }

    /// @param random draws where the count begins
    WriteVersions(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.first = random.nextLong(1L << (LOW_BITS - 1));
    }

    /// Of a write that comes now; larger than every one before.
    long next() {
        long now = (clock.millis() << LOW_BITS) | first;
        return last.updateAndGet(previous -> Math.max(previous + 1, now));
    }

    /// Of a record of a topic, the same however often it is read.
    ///
    /// @param timestampMillis of the record; one that is not positive counts as 1, since version 0 stands for none,
    ///     and one that does not fit as the last that does
    public static long ofRecord(long timestampMillis, long offset) {
        return (Math.clamp(timestampMillis, 1, LAST_MILLIS) << LOW_BITS) | (offset & LOW_MASK);
    }
}
