package dev.fovea.retrieval.rerank;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.patch.Descriptors;
import dev.fovea.imaging.patch.PatchExtractor;
import dev.fovea.imaging.patch.PatchModels;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.lifecycle.ModelIdentity;
import dev.fovea.inference.lifecycle.ServingModel;
import java.util.function.Supplier;

/// Describes keypoints by a model of this process.
///
/// @param model one that [PatchModels] accepts; asked at every image
public record InProcessFeatureExtractor(Supplier<ServingModel> model, KeypointSearch search)
        implements LocalFeatureExtractor {

    @Override
    public Prepared prepare(Image image, int keypoints) {
        ServingModel serving = model.get();
        try (var found = search.search(image, keypoints)) {
            var full = found.full();
            var located = found.located();
            Tensor patches = Tensor.allocate(
                    serving.manifest().inputs().getFirst(), found.keypoints().size());
            new PatchExtractor(PatchModels.preprocessing(serving.manifest()))
                    .extract(found.image(), found.keypoints(), patches);
            return (lane, deadline) -> {
                Descriptors descriptors = patches.rows() == 0
                        ? Descriptors.none(
                                serving.manifest().outputs().getFirst().itemElements())
                        : Descriptors.of(
                                serving.batcher().infer(patches, lane, deadline).output(), serving.manifest());
                return new LocalFeatures(
                        ModelIdentity.of(serving),
                        full,
                        located,
                        QuantizedDescriptors.of(descriptors.values(), descriptors.dimension()));
            };
        }
    }
}
