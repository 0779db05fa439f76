/// The port behind which a loaded model runs.
///
/// It holds no implementation; ONNX Runtime's is in `serving/onnxruntime`.
@NullMarked
package dev.fovea.inference.session;

import org.jspecify.annotations.NullMarked;
