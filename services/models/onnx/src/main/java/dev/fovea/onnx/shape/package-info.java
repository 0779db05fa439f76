/// Shapes of values in a graph, and the arithmetic that operators do on them.
///
/// It holds no numbers of any tensor, only their sizes.
@NullMarked
package dev.fovea.onnx.shape;

import org.jspecify.annotations.NullMarked;
