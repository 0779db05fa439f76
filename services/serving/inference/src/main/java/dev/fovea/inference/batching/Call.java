package dev.fovea.inference.batching;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.session.OutputSet;

/// What a caller of the batcher asks for.
record Call(Tensor items, OutputSet outputs, Lane lane, Deadline deadline) {}
