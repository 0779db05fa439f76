package dev.fovea.kafka.consume;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The events of one partition from poll to commit: they finish in any order and are committed in the order of their
/// offsets, as far as that goes without a gap.
///
/// Offsets need not be consecutive: compaction and transaction markers leave holes that nobody waits for.
///
/// @param <E> what is known of an event
final class PartitionProgress<E> {

    private final NavigableMap<Long, Slot<E>> slots = new TreeMap<>(); // owned by the consumer's thread

    /// @throws IllegalStateException if a later offset was started before: the consumer went back without saying so
    void started(long offset, E event) {
        if (!slots.isEmpty() && slots.lastKey() >= offset) {
            throw new IllegalStateException("offset " + offset + " was polled after offset " + slots.lastKey());
        }
        slots.put(offset, new Slot<>(event));
    }

    void finished(long offset) {
        Slot<E> slot = slots.get(offset);
        if (slot == null) {
            throw new IllegalStateException("offset " + offset + " finished but is not in flight");
        }
        slot.finished = true;
    }

    /// The events that may be committed now, by offset.
    List<E> finishedPrefix() {
        List<E> prefix = new ArrayList<>();
        for (Slot<E> slot : slots.values()) {
            if (!slot.finished) {
                break;
            }
            prefix.add(slot.event);
        }
        return prefix;
    }

    boolean hasUnfinished() {
        return slots.values().stream().anyMatch(slot -> !slot.finished);
    }

    /// Forgets everything before `offset` and returns it.
    List<E> committed(long offset) {
        NavigableMap<Long, Slot<E>> done = slots.headMap(offset, false);
        List<E> events = events(done.values());
        done.clear();
        return events;
    }

    List<E> all() {
        return events(slots.values());
    }

    private static <E> List<E> events(Collection<Slot<E>> slots) {
        return slots.stream().map(slot -> slot.event).toList();
    }

    private static final class Slot<E> {
        private final E event;
        private boolean finished;

        private Slot(E event) {
            this.event = event;
        }
    }
}
