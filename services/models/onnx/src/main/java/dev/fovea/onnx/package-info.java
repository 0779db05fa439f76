/// Builds ONNX graphs in Java and writes them as deterministic bytes: graph, values, attributes, writer,
/// reader.
///
/// It knows no network and runs nothing: networks are `dev.fovea.architectures`, running is ONNX Runtime's.
@NullMarked
package dev.fovea.onnx;

import org.jspecify.annotations.NullMarked;
