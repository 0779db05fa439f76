package dev.fovea.inference.batching;

import dev.fovea.inference.Lane;
import dev.fovea.inference.failure.InferenceFailure;
import dev.fovea.inference.session.OutputSet;
import java.util.List;

/// What runs at once: slices in the order of their rows.
///
/// @param reservedRows bulk rows that ride by right of the bulk lane's share, not because there was room
record Batch(List<Slice> slices, BatchingMetrics.Dispatch cause, int reservedRows) {

    Batch {
        slices = List.copyOf(slices);
    }

    /// This batch with only some of its slices.
    Batch with(List<Slice> remaining) {
        return new Batch(remaining, cause, reservedRows);
    }

    int rows() {
        return slices.stream().mapToInt(Slice::rows).sum();
    }

    int rows(Lane lane) {
        return slices.stream()
                .filter(slice -> slice.lane() == lane)
                .mapToInt(Slice::rows)
                .sum();
    }

    /// Bulk rows that interactive ones may displace.
    int displaceableRows() {
        return rows(Lane.BULK) - reservedRows;
    }

    /// What its run must fetch: explanations only if an entry that has not ended wants them.
    OutputSet outputs() {
        boolean explained =
                slices.stream().map(Slice::entry).anyMatch(entry -> entry.isOpen() && entry.outputs() == OutputSet.ALL);
        return explained ? OutputSet.ALL : OutputSet.ANSWERS;
    }

    boolean isWanted() {
        return slices.stream().anyMatch(slice -> slice.entry().isOpen());
    }

    void fail(InferenceFailure failure) {
        slices.forEach(slice -> slice.entry().fail(failure));
    }
}
