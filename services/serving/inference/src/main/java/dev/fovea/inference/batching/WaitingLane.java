package dev.fovea.inference.batching;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The slices waiting in one lane, first come first served. Owned by the lock of its [BatchQueue].
final class WaitingLane {

    private final Deque<Slice> slices = new ArrayDeque<>();
    private int rows;
    private long bytes;

    int rows() {
        return rows;
    }

    long bytes() {
        return bytes;
    }

    /// When the first in line entered; `ifEmpty` if none waits.
    long oldestNanos(long ifEmpty) {
        Slice first = slices.peekFirst();
        return first == null ? ifEmpty : first.entry().enteredNanos();
    }

    void addLast(Slice slice) {
        slices.addLast(slice);
        count(slice, 1);
    }

    /// Puts a slice back that had been taken.
    void addFirst(Slice slice) {
        slices.addFirst(slice);
        count(slice, 1);
    }

    /// Takes at most `wanted` rows from the front, splitting the last slice if need be. Slices of entries that
    /// have ended or whose deadline has passed are dropped: they are never inferred.
    List<Slice> take(int wanted, long nowNanos) {
        List<Slice> taken = new ArrayList<>();
        int missing = wanted;
        while (missing > 0 && !slices.isEmpty()) {
            Slice slice = slices.removeFirst();
            count(slice, -1);
            slice.entry().expire(nowNanos);
            if (!slice.entry().isOpen()) {
                continue;
            }
            if (slice.rows() > missing) {
                addFirst(slice.without(missing));
                slice = slice.first(missing);
            }
            taken.add(slice);
            missing -= slice.rows();
        }
        return taken;
    }

    /// Drops what is left of `entry`.
    void remove(Entry entry) {
        slices.removeIf(slice -> {
            boolean drop = slice.entry() == entry;
            if (drop) {
                count(slice, -1);
            }
            return drop;
        });
    }

    private void count(Slice slice, int sign) {
        rows += sign * slice.rows();
        bytes += sign * slice.bytes();
    }
}
