package dev.fovea.inference.lifecycle;

/// The outcome of the last run of a model's stored sample while it serves: by a probe, or after rows failed.
public sealed interface SampleCheck {

    /// None has been run since warm-up, which ran it.
    record None() implements SampleCheck {}

    /// Every working instance gave the recorded answer.
    record Passed(long atNanos) implements SampleCheck {}

    /// An instance failed, gave another answer, or none in time.
    record Failed(long atNanos, String reason) implements SampleCheck {}
}
