package dev.fovea.patches;

import dev.fovea.imaging.patch.Descriptors;
import dev.fovea.imaging.patch.Homography;
import dev.fovea.imaging.patch.HomographyEstimator;
import dev.fovea.imaging.patch.Keypoint;
import dev.fovea.imaging.patch.Match;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.ImageSource;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Permits;
import dev.fovea.inference.Stage;
import dev.fovea.inference.StageClock;
import dev.fovea.inference.StageTimings;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.lifecycle.ModelIdentity;
import dev.fovea.inference.lifecycle.ModelRef;
import java.util.List;
import java.util.Optional;

/// Matches two sides, describing those that are images first. Any thread.
final class PatchMatching {
    private final PatchDescriber describer;
    private final Permits cpu;
    private final PatchLimits limits;
    private final Ticker ticker;

    PatchMatching(PatchDescriber describer, Permits cpu, PatchLimits limits, Ticker ticker) {
        this.describer = describer;
        this.cpu = cpu;
        this.limits = limits;
        this.ticker = ticker;
    }

    Matches match(MatchRequest request, Lane lane, Deadline deadline) throws InterruptedException {
        boolean located = request.homography().isPresent();
        require("query", request.query(), located);
        require("train", request.train(), located);
        Side query = describe(request.query(), request.model(), lane, deadline);
        Side train = describe(request.train(), request.model(), lane, deadline);
        requireSameDimension(query.descriptors, train.descriptors);
        var clock = new StageClock(ticker);
        try (var _ = cpu.acquire(lane, deadline)) {
            List<Match> matches = matches(request, query, train);
            Optional<Homography> homography =
                    request.homography().flatMap(estimator -> estimate(estimator, query, train, matches));
            clock.ended(Stage.POSTPROCESS);
            return new Matches(
                    query.model.or(() -> train.model),
                    matches,
                    homography,
                    query.keypoints,
                    train.keypoints,
                    query.timings.plus(train.timings).plus(clock.timings(0)));
        }
    }

    private static List<Match> matches(MatchRequest request, Side query, Side train) {
        if (query.descriptors.count() == 0 || train.descriptors.count() == 0) {
            return List.of();
        }
        return request.matcher().match(query.descriptors.rows(), train.descriptors.rows());
    }

    private static Optional<Homography> estimate(
            HomographyEstimator estimator, Side query, Side train, List<Match> matches) {
        return estimator.estimate(query.keypoints, train.keypoints, matches);
    }

    private Side describe(MatchSide side, ModelRef model, Lane lane, Deadline deadline) throws InterruptedException {
        return switch (side) {
            case MatchSide.OfImage(ImageSource image, KeypointSource keypoints) -> {
                DescribedPatches described =
                        describer.describe(new PatchRequest.OfImage(model, image, keypoints), lane, deadline);
                yield new Side(
                        Optional.of(described.model()),
                        described.keypoints(),
                        described.descriptors(),
                        described.timings());
            }
            case MatchSide.Described(List<Keypoint> keypoints, Descriptors descriptors) ->
                new Side(Optional.empty(), keypoints, descriptors, StageTimings.NONE);
        };
    }

    /// Both sides are checked before either costs anything.
    private void require(String name, MatchSide side, boolean located) {
        if (!(side instanceof MatchSide.Described(List<Keypoint> keypoints, Descriptors descriptors))) {
            return;
        }
        limits.requirePatches("descriptors on the " + name + " side", descriptors.count());
        boolean none = keypoints.isEmpty() && !located;
        if (!none && keypoints.size() != descriptors.count()) {
            throw new InvalidInput(
                    "KEYPOINT_COUNT_MISMATCH",
                    "the " + name + " side has " + keypoints.size() + " keypoints for " + descriptors.count()
                            + " descriptors" + (located ? "; a homography needs one each" : ""),
                    keypoints.size(),
                    descriptors.count());
        }
    }

    private static void requireSameDimension(Descriptors query, Descriptors train) {
        if (query.dimension() != train.dimension()) {
            throw new InvalidInput(
                    "DESCRIPTOR_DIMENSION_MISMATCH",
                    "query descriptors have dimension " + query.dimension() + ", train descriptors "
                            + train.dimension(),
                    query.dimension(),
                    train.dimension());
        }
    }

    private record Side(
            Optional<ModelIdentity> model, List<Keypoint> keypoints, Descriptors descriptors, StageTimings timings) {}
}
