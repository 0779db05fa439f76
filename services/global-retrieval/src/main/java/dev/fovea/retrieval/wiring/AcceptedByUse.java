package dev.fovea.retrieval.wiring;

import dev.fovea.imaging.patch.PatchModels;
import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.quarkus.ModelAcceptance;
import dev.fovea.repository.ModelManifest;
import dev.fovea.retrieval.CollectionSettings;
import dev.fovea.retrieval.EmbeddingModels;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A model is accepted for what collections use it for; one that none uses must embed.
record AcceptedByUse(List<CollectionSettings> collections) implements ModelAcceptance {

    @Override
    public Optional<String> problem(ModelManifest manifest) {
        Stream<ModelRef> local = collections.stream().flatMap(collection -> collection.localModel().stream());
        return named(local, manifest) ? describes(manifest) : EmbeddingModels.problem(manifest);
    }

    private Optional<String> describes(ModelManifest manifest) {
        Stream<ModelRef> embedders = collections.stream().map(CollectionSettings::model);
        return named(embedders, manifest)
                ? Optional.of("a collection names it as its model and another as its local model; it cannot be both")
                : PatchModels.problem(manifest);
    }

    private static boolean named(Stream<ModelRef> models, ModelManifest manifest) {
        return models.anyMatch(model -> model.name().equals(manifest.name())
                && (model.version() == 0 || model.version() == manifest.version()));
    }
}
