package dev.fovea.tests.integration.classification;

import dev.fovea.architectures.BuiltModel;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.Precision;
import dev.fovea.architectures.ServingForm;
import dev.fovea.architectures.registry.Architectures;
import dev.fovea.architectures.weights.SeededWeights;
import dev.fovea.builder.release.SampleRecorder;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.ModelRepository;
import dev.fovea.repository.ModelVersion;
import dev.fovea.repository.ResizeRule;
import dev.fovea.tests.support.golden.GoldenCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A golden case's network as a model that takes images of the case's size as they are.
final class GoldenModel {

    private GoldenModel() {}

    /// What the model of a case is called.
    static String name(String golden) {
        return golden.replace('_', '-');
    }

    static void write(Path repository, GoldenCase golden) throws IOException {
        Map<String, String> options = new TreeMap<>(golden.options());
        options.put("trunk", golden.options().getOrDefault("backbone", ""));
        options.keySet().removeAll(List.of("backbone", "note"));
        BuiltModel model = Architectures.named(golden.architecture())
                .build(ModelRequest.defaults(name(golden.name()), ElementType.UINT8)
                        .withOptions(options)
                        .withWeights(new SeededWeights(golden.weightsPrefix()))
                        .withForm(ServingForm.DEFAULT.withBuckets(List.of(1))));
        BuiltModel whole =
                SampleRecorder.record(new BuiltModel(model.graph(), stretched(model.manifest())), Precision.FLOAT32);
        ModelVersion version = new ModelRepository(repository).place(name(golden.name()), 1);
        Files.createDirectories(version.file().getParent());
        Files.write(version.file(), whole.toBytes());
    }

    /// As trained, the network cuts the middle out of a larger image; the golden images are that middle.
    private static ModelManifest stretched(ModelManifest of) {
        var trained = (ImagePreprocessing) of.preprocessing();
        return new ModelManifest(
                of.name(),
                of.version(),
                of.task(),
                of.architecture(),
                of.parameters(),
                of.inputs(),
                of.outputs(),
                new ImagePreprocessing(
                        trained.heightPx(),
                        trained.widthPx(),
                        new ResizeRule.Stretch(),
                        trained.interpolation(),
                        trained.channels(),
                        trained.normalization()),
                of.labels(),
                of.outputNormalization(),
                of.batchBuckets(),
                of.provenance(),
                of.paper(),
                of.sample());
    }
}
