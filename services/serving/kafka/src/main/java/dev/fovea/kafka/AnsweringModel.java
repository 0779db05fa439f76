package dev.fovea.kafka;

import dev.fovea.inference.lifecycle.ModelIdentity;

/// The model behind an answer or a failure.
///
/// @param version a positive integer
/// @param digest `sha256:` and 64 hexadecimal digits of the model file
public record AnsweringModel(String name, long version, String digest) {

    public static AnsweringModel of(ModelIdentity model) {
        return new AnsweringModel(model.name(), model.version(), model.digest());
    }

    /// For example `siftnet/1@sha256:…`.
    public String label() {
        return name + "/" + version + "@" + digest;
    }
}
