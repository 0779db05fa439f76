package dev.fovea.patches.wiring;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.patches.DescribedPatches;
import dev.fovea.patches.MatchRequest;
import dev.fovea.patches.Matches;
import dev.fovea.patches.PatchDescriber;
import dev.fovea.patches.PatchRequest;
import dev.fovea.quarkus.metrics.StageMetrics;

/// Reports the stages of every answered request. Any thread.
record TimedPatchDescriber(PatchDescriber describer, StageMetrics metrics) implements PatchDescriber {

    @Override
    public DescribedPatches describe(PatchRequest request, Lane lane, Deadline deadline) throws InterruptedException {
        DescribedPatches described = describer.describe(request, lane, deadline);
        metrics.answered(described.timings(), lane);
        return described;
    }

    @Override
    public Matches match(MatchRequest request, Lane lane, Deadline deadline) throws InterruptedException {
        Matches matches = describer.match(request, lane, deadline);
        metrics.answered(matches.timings(), lane);
        return matches;
    }
}
