package dev.fovea.architectures.layers;

import dev.fovea.onnx.Value;

/// A value of a graph that explains an answer, and how it is given out.
///
/// @param name of the output
/// @param meaning one line for a person
public record ExplainingValue(String name, Value value, String meaning) {}
