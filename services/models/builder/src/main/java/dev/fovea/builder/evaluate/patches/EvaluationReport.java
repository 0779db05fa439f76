package dev.fovea.builder.evaluate.patches;

import java.util.List;

/// All that an evaluation found.
///
/// @param descriptors in the order they were named
record EvaluationReport(
        EvaluationSettings settings, List<MeasuredSequence> sequences, List<DescriptorScores> descriptors) {

    EvaluationReport {
        sequences = List.copyOf(sequences);
        descriptors = List.copyOf(descriptors);
    }

    /// @param patches of the reference
    record MeasuredSequence(String name, int images, int patches) {}
}
