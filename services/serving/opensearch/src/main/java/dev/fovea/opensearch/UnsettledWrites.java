package dev.fovea.opensearch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;

/// Writes whose callers gave up while an attempt may have been under way. Whoever repeats one must not take it for
/// kept because one node knows it already: the copies may not have it yet. Any thread.
///
/// The youngest 10,000; a write is repeated soon, or by another process.
final class UnsettledWrites {

    private static final int MOST = 10_000;

    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<String, Long> versions = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };

    boolean holds(PendingWrite write) {
        synchronized (lock) {
            Long version = versions.get(write.id);
            return version != null && version == write.version;
        }
    }

    void add(PendingWrite write) {
        synchronized (lock) {
            versions.put(write.id, write.version);
        }
    }

    void settle(PendingWrite write) {
        synchronized (lock) {
            versions.remove(write.id, write.version);
        }
    }
}
