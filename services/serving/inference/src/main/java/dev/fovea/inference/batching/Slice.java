package dev.fovea.inference.batching;

import dev.fovea.inference.Lane;
import dev.fovea.inference.Tensor;
import java.util.List;

/// Rows `from` to `from + rows` of one entry, which travel in one batch.
///
/// It carries its entry and its place in it wherever it goes: an answer cannot reach another entry or other
/// rows.
record Slice(Entry entry, int from, int rows) {

    static Slice all(Entry entry) {
        return new Slice(entry, 0, entry.rows());
    }

    Slice first(int count) {
        return new Slice(entry, from, count);
    }

    Slice without(int firstCount) {
        return new Slice(entry, from + firstCount, rows - firstCount);
    }

    Lane lane() {
        return entry.lane();
    }

    long bytes() {
        return (long) rows * entry.rowBytes();
    }

    boolean gather(Tensor input, int at) {
        return entry.gather(from, rows, input, at);
    }

    void answer(List<Tensor> outputs, int at, long nowNanos) {
        entry.answer(from, rows, outputs, at, nowNanos);
    }
}
