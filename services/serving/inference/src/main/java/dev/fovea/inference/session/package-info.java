/// The port behind which a loaded model runs, and the first thing done with every session: the warm-up.
///
/// It holds no engine; ONNX Runtime's is in `serving/onnxruntime`.
@NullMarked
package dev.fovea.inference.session;

import org.jspecify.annotations.NullMarked;
