package dev.fovea.builder.fit;

import dev.fovea.architectures.Architecture;
import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.ServingForm;
import dev.fovea.architectures.registry.Architectures;
import dev.fovea.architectures.weights.NoWeights;
import dev.fovea.builder.release.FoveaVersion;
import dev.fovea.builder.release.ReleaseOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is asked of an architecture when something is fitted on it.
final class Requests {

    private Requests() {}

    /// The image architecture of that name and task.
    static Optional<ImageArchitecture> architecture(String name, String task) {
        return Architectures.all().stream()
                .filter(known -> known.name().equals(name) && known.task().equals(task))
                .flatMap(known -> known instanceof ImageArchitecture image
                        ? Optional.of(image).stream()
                        : Optional.<ImageArchitecture>empty().stream())
                .findFirst();
    }

    /// Names of the image architectures of a task.
    static List<String> names(String task) {
        return Architectures.all().stream()
                .filter(known -> known.task().equals(task) && known instanceof ImageArchitecture)
                .map(Architecture::name)
                .toList();
    }

    static ModelRequest of(String name, ReleaseOptions release, Map<String, String> options, List<String> labels) {
        return new ModelRequest(
                name,
                release.version(),
                options,
                ServingForm.DEFAULT.withBuckets(release.buckets()),
                new NoWeights(),
                labels,
                FoveaVersion.BUILDER);
    }
}
