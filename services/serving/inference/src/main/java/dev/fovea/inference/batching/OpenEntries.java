package dev.fovea.inference.batching;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.InferenceFailure;
import dev.fovea.inference.failure.Unavailable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Every entry whose caller has not returned, wherever its rows are: what drain waits for, and what it fails at
/// last.
///
/// Admission and the end are decided under one lock, so that each entry is either refused or failed, never
/// left.
final class OpenEntries {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();

    @GuardedBy("lock")
    private final Set<Entry> open = new HashSet<>();

    @GuardedBy("lock")
    private @Nullable Unavailable refusal;

    /// @throws Unavailable if no more entries are taken
    void admit(Entry entry) {
        lock.lock();
        try {
            if (refusal != null) {
                throw refusal;
            }
            open.add(entry);
        } finally {
            lock.unlock();
        }
    }

    void remove(Entry entry) {
        lock.lock();
        try {
            open.remove(entry);
            if (open.isEmpty()) {
                none.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Admits no more entries; the first reason stays.
    void refuse(Unavailable reason) {
        lock.lock();
        try {
            if (refusal == null) {
                refusal = reason;
            }
        } finally {
            lock.unlock();
        }
    }

    /// @return whether the last caller returned before the deadline
    boolean awaitNone(Deadline deadline, Ticker ticker) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!open.isEmpty()) {
                long remaining = deadline.remainingNanos(ticker);
                if (remaining <= 0) {
                    return false;
                }
                none.awaitNanos(remaining);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// @return how many had no outcome yet
    int failAll(InferenceFailure failure) {
        lock.lock();
        try {
            List<Entry> waiting = open.stream().filter(Entry::isOpen).toList();
            waiting.forEach(entry -> entry.fail(failure));
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }
}
