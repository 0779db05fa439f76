package dev.fovea.patches;

import dev.fovea.imaging.patch.Descriptors;
import dev.fovea.imaging.read.ImageReader;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Permits;
import dev.fovea.inference.Stage;
import dev.fovea.inference.StageClock;
import dev.fovea.inference.StageTimings;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.batching.Inferred;
import dev.fovea.inference.lifecycle.ModelIdentity;
import dev.fovea.inference.lifecycle.Models;
import dev.fovea.inference.lifecycle.ServingModel;
import dev.fovea.repository.ModelManifest;

/// Image and keypoints in, descriptors out: decode, preprocess, batch, infer, postprocess.
///
/// Sequential on the caller's thread, which waits where the stages wait: for a fetched image, a CPU permit, a batch.
/// It owns nothing and closes nothing. Any thread.
public final class PatchDescriptionPipeline implements PatchDescriber {
    private final Models models;
    private final PatchPreparation preparation;
    private final PatchMatching matching;
    private final Ticker ticker;

    public PatchDescriptionPipeline(Models models, ImageReader images, Permits cpu, PatchLimits limits, Ticker ticker) {
        this.models = models;
        this.preparation = new PatchPreparation(images, limits, ticker);
        this.matching = new PatchMatching(this, cpu, limits, ticker);
        this.ticker = ticker;
    }

    @Override
    public DescribedPatches describe(PatchRequest request, Lane lane, Deadline deadline) throws InterruptedException {
        ServingModel model = models.find(request.model());
        var clock = new StageClock(ticker);
        // decode, preprocess
        PreparedPatches patches = preparation.prepare(request, model.manifest(), lane, deadline, clock);
        if (patches.isEmpty()) {
            return answer(model, patches, Descriptors.none(dimension(model.manifest())), clock.timings(0));
        }
        // batch, infer
        Inferred inferred = model.batcher().infer(patches.tensor(), lane, deadline);
        clock.inferred(inferred.queueNanos(), inferred.inferNanos());
        Descriptors descriptors = Descriptors.of(inferred.output(), model.manifest());
        clock.ended(Stage.POSTPROCESS);
        return answer(model, patches, descriptors, clock.timings(inferred.batchRows()));
    }

    @Override
    public Matches match(MatchRequest request, Lane lane, Deadline deadline) throws InterruptedException {
        return matching.match(request, lane, deadline);
    }

    private static DescribedPatches answer(
            ServingModel model, PreparedPatches patches, Descriptors descriptors, StageTimings timings) {
        return new DescribedPatches(
                ModelIdentity.of(model), patches.image(), patches.keypoints(), descriptors, timings);
    }

    private static int dimension(ModelManifest manifest) {
        return manifest.outputs().getFirst().itemElements();
    }
}
