package dev.fovea.inference.batching;

import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.ModelFailed;
import dev.fovea.inference.session.BatchBuffers;
import java.util.ArrayList;
import java.util.List;

/// A batch whose rows lie in the input of `buffers`. Whoever holds it owns the buffers.
///
/// @param inputNanos what gathering took
record FilledBatch(Batch batch, BatchBuffers buffers, long inputNanos) {

    /// Copies the rows of all entries that have not ended, without gaps; the others leave the batch.
    static FilledBatch gather(Batch batch, BatchBuffers buffers, Ticker ticker) {
        long began = ticker.nanoTime();
        List<Slice> gathered = new ArrayList<>(batch.slices().size());
        int at = 0;
        for (Slice slice : batch.slices()) {
            if (gather(slice, buffers, at)) {
                gathered.add(slice);
                at += slice.rows();
            }
        }
        return new FilledBatch(batch.with(gathered), buffers, ticker.nanoTime() - began);
    }

    private static boolean gather(Slice slice, BatchBuffers buffers, int at) {
        try {
            return slice.gather(buffers.input(), at);
        } catch (RuntimeException | OutOfMemoryError unreadable) {
            // Its memory may be gone, or there is none for its answer: that must not harm its neighbours.
            slice.entry().fail(new ModelFailed("rows could not be gathered: " + unreadable.getMessage(), unreadable));
            return false;
        }
    }
}
