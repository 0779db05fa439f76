package dev.fovea.inference.session;

import dev.fovea.inference.Tensor;
import java.util.List;

/// Input and output memory for one batch, allocated once by a [ModelSession] and reused for every batch.
///
/// Owned by one thread at a time. The session closes it.
public interface BatchBuffers {

    /// Room for the model's largest batch; fill the first rows.
    Tensor input();

    /// What the last run on these buffers was asked for, in the order of the manifest's outputs; valid until the
    /// next. Before the first run, those that answer.
    List<Tensor> outputs();
}
