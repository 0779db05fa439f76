package dev.fovea.patches;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.DeadlineExceeded;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Bounds how many requests compute on the CPU at once: virtual threads are not preempted, so without it one core's
/// worth of decoding would starve everything else. It also bounds how many decoded images are alive. Any thread.
public final class CpuPermits {
    private final Semaphore permits;
    private final Ticker ticker;

    /// @param cores at least 1; as many as the machine has
    public CpuPermits(int cores, Ticker ticker) {
        if (cores < 1) {
            throw new IllegalArgumentException("CPU permits are " + cores + ", below 1");
        }
        this.permits = new Semaphore(cores, true);
        this.ticker = ticker;
    }

    /// Waits for a permit; the caller closes it, as soon as it no longer computes.
    ///
    /// @throws DeadlineExceeded if none came free in time
    Permit acquire(Deadline deadline) throws InterruptedException {
        if (!permits.tryAcquire(Math.max(0, deadline.remainingNanos(ticker)), TimeUnit.NANOSECONDS)) {
            throw new DeadlineExceeded("the deadline passed while waiting for a free CPU core");
        }
        return permits::release;
    }

    /// The right to compute.
    @FunctionalInterface
    interface Permit extends AutoCloseable {
        @Override
        void close();
    }
}
