package dev.fovea.tests.load;

import dev.fovea.architectures.Architecture;
import dev.fovea.architectures.BuiltModel;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.Precision;
import dev.fovea.architectures.ServingForm;
import dev.fovea.architectures.weights.SeededWeights;
import dev.fovea.onnx.GraphCost;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelRepository;
import dev.fovea.repository.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A network with pseudo-random weights in a repository: as fast as a trained one.
record SeededModel(ModelVersion version, GraphCost cost) {

    static SeededModel write(
            Path repository,
            Architecture architecture,
            Map<String, String> options,
            Precision precision,
            List<Integer> buckets)
            throws IOException {
        BuiltModel model = architecture.build(ModelRequest.defaults(architecture.name(), ElementType.UINT8)
                .withOptions(options)
                .withWeights(new SeededWeights("load."))
                .withForm(ServingForm.DEFAULT.withPrecision(precision).withBuckets(buckets)));
        ModelVersion version = new ModelRepository(repository).place(architecture.name(), 1);
        Files.createDirectories(version.file().getParent());
        Files.write(version.file(), model.toBytes());
        return new SeededModel(version, GraphCost.of(model.graph()));
    }
}
