package dev.fovea.patches;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.DeadlineExceeded;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Bounds how many requests compute on the CPU at once: virtual threads are not preempted, so without it decoding
/// would starve everything else. It also bounds how many decoded images are alive.
///
/// **Order:** interactive before bulk, as in the batcher, else a caller would wait behind every image of a streaming
/// backlog; but of [#TURNS] permits given while both wait, one goes to bulk. First come, first served in a lane.
///
/// **Threads:** any.
public final class CpuPermits {
    private static final int TURNS = 4;

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

    /// @param cores at least 1; as many as the machine has
    public CpuPermits(int cores, Ticker ticker) {
        if (cores < 1) {
            throw new IllegalArgumentException("CPU permits are " + cores + ", below 1");
        }
        this.free = cores;
        this.ticker = ticker;
    }

    /// Waits for a permit; the caller closes it as soon as it no longer computes.
    ///
    /// @throws DeadlineExceeded if none came free in time
    Permit acquire(Lane lane, Deadline deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (free > 0) {
                free--;
                return this::release;
            }
            var waiter = new Waiter(lock.newCondition());
            queue(lane).addLast(waiter);
            await(waiter, lane, deadline);
            return this::release;
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
                    throw new DeadlineExceeded("the deadline passed while waiting for a free CPU core");
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

    private void release() {
        lock.lock();
        try {
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

    /// The right to compute; closed once.
    @FunctionalInterface
    interface Permit extends AutoCloseable {
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
