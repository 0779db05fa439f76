package dev.fovea.tests.load;

import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.ServingForm;
import dev.fovea.architectures.registry.Architectures;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelRepository;
import dev.fovea.repository.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The model that the benchmarks serve.
final class SiftNetModel {

    private SiftNetModel() {}

    /// Writes SIFTNet for 32 x 32 patches, version 1, into a repository.
    static ModelVersion write(Path repository, ElementType input, List<Integer> buckets) throws IOException {
        var request = ModelRequest.defaults("siftnet", input)
                .withForm(ServingForm.DEFAULT.withInput(input).withBuckets(buckets));
        ModelVersion version = new ModelRepository(repository).place("siftnet", 1);
        Files.createDirectories(repository.resolve("siftnet").resolve("1"));
        Files.write(
                version.file(), Architectures.named("siftnet").build(request).toBytes());
        return version;
    }
}
