/// ONNX operators as typed methods over values, each of which infers its result's shape or refuses its
/// operands.
///
/// It is no layer library: a method here is one operator, never a composition.
@NullMarked
package dev.fovea.onnx.op;

import org.jspecify.annotations.NullMarked;
