package dev.fovea.repository;

import java.util.Optional;

/// Where a model's numbers come from.
///
/// @param source what the weights were read or computed from, for a person
/// @param sha256 hexadecimal digest of the weights file, where there is one
/// @param licence SPDX identifier of the weights' licence
/// @param builder name and version of the program that wrote the model
public record Provenance(Kind kind, String source, Optional<String> sha256, String licence, String builder) {

    /// How far the numbers can be trusted.
    public enum Kind {
        /// Every constant follows from a formula.
        COMPUTED,
        /// Learned from data, read from a checkpoint.
        TRAINED,
        /// Learned from the user's own data by the command line.
        FITTED,
        /// Pseudo-random, for tests and benchmarks; never to be offered as an answer.
        SEEDED
    }
}
