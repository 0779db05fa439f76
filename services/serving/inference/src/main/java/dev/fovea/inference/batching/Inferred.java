package dev.fovea.inference.batching;

import dev.fovea.inference.Tensor;
import java.util.List;

/// The answer to one entry.
///
/// @param outputs those the caller asked for, in the order of the manifest's outputs; as many rows as the entry
///     had, owned by the caller
/// @param queueNanos from entering the queue to the start of the first batch that carried a row
/// @param inferNanos from there to the end of the last
/// @param batchRows rows of the largest batch that carried a row
public record Inferred(List<Tensor> outputs, long queueNanos, long inferNanos, int batchRows) {

    public Inferred {
        outputs = List.copyOf(outputs);
    }

    /// The first output.
    public Tensor output() {
        return outputs.getFirst();
    }
}
