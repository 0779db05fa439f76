package dev.fovea.architectures;

import dev.fovea.onnx.Value;

/// An output of a network.
///
/// @param meaning one line for a person: layout, units, range
public record NetworkOutput(String name, Value value, String meaning) {}
