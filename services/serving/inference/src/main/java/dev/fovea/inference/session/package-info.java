/// The port behind which a loaded model runs, and the first thing done with every session: the warm-up.
///
/// It implements no session; those of ONNX Runtime are in `serving/onnxruntime`.
@NullMarked
package dev.fovea.inference.session;

import org.jspecify.annotations.NullMarked;
