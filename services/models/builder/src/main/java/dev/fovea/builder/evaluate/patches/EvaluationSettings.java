package dev.fovea.builder.evaluate.patches;

import java.util.List;

/// What an evaluation is made of.
///
/// @param patches of a sequence's reference image, at most; 10 to 5,000
/// @param keypoints of each image from which homographies are estimated, at most; 10 to 10,000
/// @param pairs of patches of each kind in verification; 100 to 1,000,000
/// @param levels of noise, at least one
/// @param seed of noise and pairs
record EvaluationSettings(int patches, int keypoints, int pairs, List<NoiseLevel> levels, long seed) {

    /// @throws IllegalArgumentException naming the option, its value and its range
    EvaluationSettings {
        levels = List.copyOf(levels);
        requireRange("--patches", patches, 10, 5_000);
        requireRange("--keypoints", keypoints, 10, 10_000);
        requireRange("--pairs", pairs, 100, 1_000_000);
        if (levels.isEmpty() || levels.stream().distinct().count() != levels.size()) {
            throw new IllegalArgumentException("--noise " + levels + " must name one or more levels, each once");
        }
    }

    private static void requireRange(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(option + " " + value + " is outside " + least + " to " + most);
        }
    }
}
