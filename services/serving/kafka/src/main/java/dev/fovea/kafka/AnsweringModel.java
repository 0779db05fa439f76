package dev.fovea.kafka;

/// The model behind an answer or a failure.
///
/// @param version a positive integer
/// @param digest `sha256:` and 64 hexadecimal digits of the model file
public record AnsweringModel(String name, long version, String digest) {

    /// For example `siftnet/1@sha256:…`.
    public String label() {
        return name + "/" + version + "@" + digest;
    }
}
