/// The port `ModelSession` on ONNX Runtime: execution providers, pinned direct buffers, and what is checked at load.
///
/// It neither batches nor decides when a model serves, and it builds no graphs.
@NullMarked
package dev.fovea.onnxruntime;

import org.jspecify.annotations.NullMarked;
