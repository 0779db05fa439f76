package dev.fovea.patches.rpc;

import dev.fovea.grpc.ImageInputMapping;
import dev.fovea.grpc.ModelMapping;
import dev.fovea.grpc.TimingsMapping;
import dev.fovea.grpc.VectorsMapping;
import dev.fovea.imaging.patch.DescriptorMatcher;
import dev.fovea.imaging.patch.Descriptors;
import dev.fovea.imaging.patch.HomographyEstimator;
import dev.fovea.imaging.patch.Keypoint;
import dev.fovea.imaging.patch.Match;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.patches.MatchSide;
import dev.fovea.patches.Matches;
import dev.fovea.patches.PatchLimits;
import dev.fovea.patches.wire.KeypointMapping;
import dev.fovea.proto.v1.DescribedKeypoints;
import dev.fovea.proto.v1.MatchRequest;
import dev.fovea.proto.v1.MatchResponse;
import dev.fovea.proto.v1.PatchMatch;
import dev.fovea.proto.v1.Vectors;
import java.util.List;
import java.util.Optional;

/// `Match` between its messages and the port's records.
final class MatchMapping {
    private static final double DEFAULT_THRESHOLD_PX = 3;

    private final PatchLimits limits;
    private final KeypointSourceMapping keypoints;

    MatchMapping(PatchLimits limits) {
        this.limits = limits;
        this.keypoints = new KeypointSourceMapping(limits);
    }

    /// @throws InvalidInput naming the field that is missing or wrong
    dev.fovea.patches.MatchRequest request(MatchRequest message) {
        return new dev.fovea.patches.MatchRequest(
                ModelMapping.ref(message.getModel()),
                side("query", message.getQuery()),
                side("train", message.getTrain()),
                new DescriptorMatcher(ratio(message.getRatio()), message.getMutual()),
                message.getHomography()
                        ? Optional.of(new HomographyEstimator(threshold(message.getReprojectionThreshold())))
                        : Optional.empty());
    }

    static MatchResponse response(Matches matches) {
        var response = MatchResponse.newBuilder()
                .addAllQueryKeypoints(KeypointMapping.messages(matches.queryKeypoints()))
                .addAllTrainKeypoints(KeypointMapping.messages(matches.trainKeypoints()))
                .setTimings(TimingsMapping.timings(matches.timings()));
        matches.model().ifPresent(model -> response.setModel(ModelMapping.identity(model)));
        matches.homography().ifPresent(homography -> {
            for (double element : homography.toArray()) {
                response.addHomography(element);
            }
            response.setInliers(homography.inlierCount());
        });
        for (int i = 0; i < matches.matches().size(); i++) {
            int index = i;
            boolean inlier = matches.homography()
                    .map(homography -> homography.isInlier(index))
                    .orElse(false);
            response.addMatches(message(matches.matches().get(i), inlier));
        }
        return response.build();
    }

    private static PatchMatch message(Match match, boolean inlier) {
        return PatchMatch.newBuilder()
                .setQuery(match.query())
                .setTrain(match.train())
                .setDistance(match.distance())
                .setInlier(inlier)
                .build();
    }

    private MatchSide side(String name, dev.fovea.proto.v1.MatchSide message) {
        return switch (message.getInputCase()) {
            case IMAGE ->
                new MatchSide.OfImage(
                        ImageInputMapping.source(message.getImage().getImage()), keypoints.source(message.getImage()));
            case DESCRIBED -> described(name, message.getDescribed());
            case INPUT_NOT_SET ->
                throw new InvalidInput(
                        "INPUT_MISSING", "the " + name + " side has neither an image nor descriptors", "", "");
        };
    }

    private MatchSide described(String name, DescribedKeypoints message) {
        Vectors vectors = message.getDescriptors();
        limits.requirePatches("descriptors on the " + name + " side", Integer.toUnsignedLong(vectors.getCount()));
        if (vectors.getDimension() == 0) {
            throw new InvalidInput(
                    "DESCRIPTOR_DIMENSION_INVALID",
                    "the descriptors on the " + name + " side have dimension 0",
                    0,
                    ">= 1");
        }
        List<Keypoint> located = KeypointMapping.keypoints(message.getKeypointsList());
        for (int i = 0; i < located.size(); i++) {
            requireFinite(name, i, located.get(i));
        }
        return new MatchSide.Described(
                located, Descriptors.normalized(VectorsMapping.floats(vectors), vectors.getDimension()));
    }

    private static void requireFinite(String side, int index, Keypoint keypoint) {
        if (!Float.isFinite(keypoint.x()) || !Float.isFinite(keypoint.y())) {
            String position = "(" + keypoint.x() + ", " + keypoint.y() + ")";
            throw new InvalidInput(
                    "KEYPOINT_INVALID",
                    "keypoint " + index + " on the " + side + " side: " + position + " px is not finite",
                    position,
                    "finite");
        }
    }

    private static double ratio(float ratio) {
        if (!(ratio >= 0 && ratio <= 1)) {
            throw new InvalidInput(
                    "RATIO_INVALID", "ratio " + ratio + " is outside (0, 1] (0: no ratio test)", ratio, "(0, 1]");
        }
        return ratio == 0 ? 1 : ratio;
    }

    private static double threshold(float threshold) {
        if (!(threshold >= 0) || Float.isInfinite(threshold)) {
            throw new InvalidInput(
                    "REPROJECTION_THRESHOLD_INVALID",
                    "reprojection threshold " + threshold + " px is not a finite number of 0 or more",
                    threshold + " px",
                    ">= 0 px");
        }
        return threshold == 0 ? DEFAULT_THRESHOLD_PX : threshold;
    }
}
