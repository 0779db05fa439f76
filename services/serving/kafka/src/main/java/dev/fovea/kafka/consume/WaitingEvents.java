package dev.fovea.kafka.consume;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Polled events that are not worked on: those ready for an attempt, oldest first, and those whose next attempt is
/// due later. Oldest first keeps the head of a partition, which holds up its commits, from waiting behind its tail.
final class WaitingEvents {

    private final Queue<EventInFlight> ready = new PriorityQueue<>(Comparator.comparingLong(EventInFlight::sequence));
    private final Queue<Later> later = new PriorityQueue<>(Comparator.comparingLong(Later::dueNanos));

    // Owned by the consumer's thread. Due times are compared by value: a ticker passes zero after 292 years.
    private record Later(EventInFlight event, long dueNanos) {}

    void ready(EventInFlight event) {
        ready.add(event);
    }

    void later(EventInFlight event, long dueNanos) {
        later.add(new Later(event, dueNanos));
    }

    /// Makes ready what is due.
    void advance(long nowNanos) {
        while (!later.isEmpty() && later.element().dueNanos() - nowNanos <= 0) {
            ready.add(later.remove().event());
        }
    }

    /// The oldest ready event, removed; null if there is none.
    @Nullable
    EventInFlight next() {
        return ready.poll();
    }

    int readyCount() {
        return ready.size();
    }

    void forget(Collection<EventInFlight> events) {
        Set<EventInFlight> gone = new HashSet<>(events);
        ready.removeAll(gone);
        later.removeIf(entry -> gone.contains(entry.event()));
    }
}
