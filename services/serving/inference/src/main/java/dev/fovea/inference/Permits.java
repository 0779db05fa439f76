package dev.fovea.inference;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fovea.inference.failure.DeadlineExceeded;
import dev.fovea.inference.failure.Overloaded;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Bounds how many requests have something at once.
///
/// **Cores:** virtual threads are not preempted, so without a bound decoding would starve everything else. It also
/// bounds how many decoded images are alive. **Fetches:** a reference is short and what it names is not. **Anything
/// else** that outlives a stage and takes memory.
///
/// **Order:** interactive before bulk, as in the batcher, else a caller would wait behind every image of a streaming
/// backlog; but of [#TURNS] permits given while both wait, one goes to bulk. First come, first served in a lane.
///
/// **Overload:** an interactive request is refused at once if its wait can be expected to use up more than half of the
/// time left until its deadline; what is let in is then answered in time. Bulk requests wait: their entrance bounds
/// how many there are.
///
/// **Threads:** any.
public final class Permits {
    private static final int TURNS = 4;

    /// Weight of the newest sample in the moving average of how long a permit is held.
    private static final double NEWEST = 0.1;

    private final String what;
    private final String busyCode;
    private final int count;
    private final Ticker ticker;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Deque<Waiter> interactive = new ArrayDeque<>();

    @GuardedBy("lock")
    private final Deque<Waiter> bulk = new ArrayDeque<>();

    @GuardedBy("lock")
    private int free;

    /// Permits given to interactive requests since one was given to bulk.
    @GuardedBy("lock")
    private int interactiveTurns;

    /// Moving average of how long a permit is held; 0 before the first.
    @GuardedBy("lock")
    private double heldNanos;

    private Permits(String what, String busyCode, int count, Ticker ticker) {
        if (count < 1) {
            throw new IllegalArgumentException("permits for a " + what + " are " + count + ", below 1");
        }
        this.what = what;
        this.busyCode = busyCode;
        this.count = count;
        this.free = count;
        this.ticker = ticker;
    }

    /// The right to compute; refused as `CPU_BUSY`.
    ///
    /// @param cores at least 1; as many as the machine has
    public static Permits ofCores(int cores, Ticker ticker) {
        return of("free CPU core", "CPU_BUSY", cores, ticker);
    }

    /// The right to hold the bytes of a reference; refused as `FETCHES_BUSY`.
    ///
    /// @param fetches at least 1; the memory for references over the largest one allowed
    public static Permits ofFetches(int fetches, Ticker ticker) {
        return of("free fetch", "FETCHES_BUSY", fetches, ticker);
    }

    /// @param what is waited for, as messages name it: "free CPU core"
    /// @param busyCode of the refusal
    /// @param count at least 1
    public static Permits of(String what, String busyCode, int count, Ticker ticker) {
        return new Permits(what, busyCode, count, ticker);
    }

    /// Waits for a permit; the caller closes it as soon as it can.
    ///
    /// @throws DeadlineExceeded if none came free in time
    /// @throws Overloaded if none can be expected to come free in time for an interactive request
    public Permit acquire(Lane lane, Deadline deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (free > 0) {
                free--;
            } else {
                if (lane == Lane.INTERACTIVE) {
                    requireHope(deadline);
                }
                var waiter = new Waiter(lock.newCondition());
                queue(lane).addLast(waiter);
                await(waiter, lane, deadline);
            }
            long since = ticker.nanoTime();
            return () -> release(since);
        } finally {
            lock.unlock();
        }
    }

    /// How many wait in a lane now.
    int waiting(Lane lane) {
        lock.lock();
        try {
            return queue(lane).size();
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void await(Waiter waiter, Lane lane, Deadline deadline) throws InterruptedException {
        try {
            while (!waiter.granted) {
                long remaining = deadline.remainingNanos(ticker);
                if (remaining <= 0) {
                    queue(lane).remove(waiter);
                    throw new DeadlineExceeded("the deadline passed while waiting for a " + what);
                }
                waiter.changed.await(remaining, TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException cancelled) {
            if (waiter.granted) {
                giveOn(); // the permit came at the same moment
            } else {
                queue(lane).remove(waiter);
            }
            throw cancelled;
        }
    }

    @GuardedBy("lock")
    private void requireHope(Deadline deadline) {
        long remaining = deadline.remainingNanos(ticker);
        double rounds = (interactive.size() + 1.0) / count * TURNS / (TURNS - 1);
        double expected = rounds * heldNanos;
        if (remaining > 0 && expected > remaining / 2.0) {
            Duration wait = Duration.ofMillis((long) expected / 1_000_000);
            Duration left = Duration.ofNanos(remaining);
            throw new Overloaded(
                    busyCode,
                    "%d requests wait for a %s; the expected wait of %d ms is more than half of the %d ms left"
                            .formatted(interactive.size(), what, wait.toMillis(), left.toMillis()),
                    wait.toMillis() + " ms",
                    left.toMillis() / 2 + " ms",
                    wait.minus(left.dividedBy(2)));
        }
    }

    private void release(long since) {
        lock.lock();
        try {
            long held = ticker.nanoTime() - since;
            heldNanos = heldNanos == 0 ? held : heldNanos + NEWEST * (held - heldNanos);
            giveOn();
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void giveOn() {
        boolean bulkTurn = !bulk.isEmpty() && (interactive.isEmpty() || interactiveTurns == TURNS - 1);
        interactiveTurns = bulkTurn || bulk.isEmpty() ? 0 : interactiveTurns + 1;
        Waiter next = bulkTurn ? bulk.pollFirst() : interactive.pollFirst();
        if (next == null) {
            free++;
            return;
        }
        next.granted = true;
        next.changed.signal();
    }

    @GuardedBy("lock")
    private Deque<Waiter> queue(Lane lane) {
        return switch (lane) {
            case INTERACTIVE -> interactive;
            case BULK -> bulk;
        };
    }

    /// What was waited for; closed once.
    @FunctionalInterface
    public interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    /// Owned by the lock.
    private static final class Waiter {
        private final Condition changed;
        private boolean granted;

        Waiter(Condition changed) {
            this.changed = changed;
        }
    }
}
