package dev.fovea.inference.batching;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fovea.inference.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Keeps what was reported, and lets a test wait for the queue to hold a number of rows.
public final class RecordingMetrics implements BatchingMetrics {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    @GuardedBy("lock")
    private int queuedRows;

    @GuardedBy("lock")
    private int enteredRows;

    @GuardedBy("lock")
    private final List<String> events = new ArrayList<>();

    @GuardedBy("lock")
    private final List<BatchRun> runs = new ArrayList<>();

    @Override
    public void entered(Lane lane, int rows) {
        lock.lock();
        try {
            enteredRows += rows;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void abandoned(Lane lane, Cause cause) {
        record("abandoned " + lane + " " + cause);
    }

    @Override
    public void refused(Lane lane, String code) {
        record("refused " + lane + " " + code);
    }

    @Override
    public void ran(BatchRun run) {
        lock.lock();
        try {
            runs.add(run);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void queued(int interactiveRows, int bulkRows, long bytes) {
        lock.lock();
        try {
            queuedRows = interactiveRows + bulkRows;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    public void awaitQueued(int rows) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (queuedRows != rows) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits until this many rows have entered the queue since the beginning.
    public void awaitEntered(int rows) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (enteredRows < rows) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    public void awaitEvent(String event) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!events.contains(event)) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Refusals and abandoned entries, in order.
    public List<String> events() {
        lock.lock();
        try {
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }

    public List<BatchRun> runs() {
        lock.lock();
        try {
            return List.copyOf(runs);
        } finally {
            lock.unlock();
        }
    }

    private void record(String event) {
        lock.lock();
        try {
            events.add(event);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
