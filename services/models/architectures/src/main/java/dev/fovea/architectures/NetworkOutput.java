package dev.fovea.architectures;

import dev.fovea.onnx.Value;

/// An output of a network.
///
/// @param meaning one line for a person: layout, units, range
/// @param explains whether it only explains the answer, so that a service may leave it in the model
public record NetworkOutput(String name, Value value, String meaning, boolean explains) {

    /// An output that answers.
    public NetworkOutput(String name, Value value, String meaning) {
        this(name, value, meaning, false);
    }

    /// An output that only explains; it comes after all that answer.
    public static NetworkOutput explaining(String name, Value value, String meaning) {
        return new NetworkOutput(name, value, meaning, true);
    }
}
