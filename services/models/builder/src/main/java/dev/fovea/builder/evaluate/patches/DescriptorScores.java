package dev.fovea.builder.evaluate.patches;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/// What was measured of one descriptor.
///
/// @param byNoise the three tasks at each level, in the levels' order
/// @param maps one for each image but the references
record DescriptorScores(String name, int dimension, Map<NoiseLevel, Tasks> byNoise, List<EstimatedMap> maps) {

    DescriptorScores {
        maps = List.copyOf(maps);
    }

    /// HPatches' three tasks at one level of noise.
    ///
    /// @param matching mean average precision
    /// @param retrieval mean average precision; empty where there is but one sequence
    record Tasks(Verification.Score verification, double matching, OptionalDouble retrieval) {}

    static DescriptorScores of(
            PatchDescriptor descriptor,
            List<DescribedSequence> sequences,
            List<NoiseLevel> levels,
            Verification verification) {
        Map<NoiseLevel, Tasks> byNoise = new EnumMap<>(NoiseLevel.class);
        for (NoiseLevel level : levels) {
            byNoise.put(
                    level,
                    new Tasks(
                            verification.score(sequences, level),
                            Matching.meanAveragePrecision(sequences, level),
                            Retrieval.meanAveragePrecision(sequences, level)));
        }
        List<EstimatedMap> maps = sequences.stream()
                .flatMap(each -> EstimatedMap.of(each).stream())
                .toList();
        return new DescriptorScores(descriptor.name(), descriptor.dimension(), byNoise, maps);
    }

    /// Over the levels of noise.
    double mean(ToDoubleFunction<Tasks> figure) {
        return byNoise.values().stream().mapToDouble(figure).average().orElseThrow();
    }

    /// Over the levels of noise; empty where there is but one sequence.
    OptionalDouble meanRetrieval() {
        return byNoise.values().stream()
                .flatMapToDouble(tasks -> tasks.retrieval().stream())
                .average();
    }

    double meanAverageAccuracy() {
        return EstimatedMap.meanAverageAccuracy(maps);
    }

    /// Of one sequence.
    double meanAverageAccuracy(String sequence) {
        return EstimatedMap.meanAverageAccuracy(
                maps.stream().filter(map -> map.sequence().equals(sequence)).toList());
    }
}
