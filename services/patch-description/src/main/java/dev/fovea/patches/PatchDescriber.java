package dev.fovea.patches;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;

/// The port of the service: local descriptors of image patches. Any thread may call and waits for its answer.
///
/// Every method fails with the family of `dev.fovea.inference.failure`; whoever interrupts the caller's thread ends the
/// request.
public interface PatchDescriber {
    /// One descriptor a patch, in the order of the patches or keypoints.
    ///
    /// @throws dev.fovea.inference.failure.InferenceFailure naming what is wrong, with value and limit
    DescribedPatches describe(PatchRequest request, Lane lane, Deadline deadline) throws InterruptedException;

    /// The pairs of descriptors that belong together, and the homography they agree on if asked for.
    ///
    /// @throws dev.fovea.inference.failure.InferenceFailure naming what is wrong, with value and limit
    Matches match(MatchRequest request, Lane lane, Deadline deadline) throws InterruptedException;
}
