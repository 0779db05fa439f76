package dev.fovea.patches.wiring;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.patches.DescribedPatches;
import dev.fovea.patches.MatchRequest;
import dev.fovea.patches.Matches;
import dev.fovea.patches.PatchDescriber;
import dev.fovea.patches.PatchRequest;
import jakarta.inject.Provider;

/// Asks for the describer when it is needed: gRPC services are created on an event loop, which must not wait for
/// OpenCV's natives. Any thread.
record DeferredPatchDescriber(Provider<PatchDescriber> describer) implements PatchDescriber {

    @Override
    public DescribedPatches describe(PatchRequest request, Lane lane, Deadline deadline) throws InterruptedException {
        return describer.get().describe(request, lane, deadline);
    }

    @Override
    public Matches match(MatchRequest request, Lane lane, Deadline deadline) throws InterruptedException {
        return describer.get().match(request, lane, deadline);
    }
}
