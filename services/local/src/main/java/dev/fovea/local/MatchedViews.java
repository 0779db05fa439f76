package dev.fovea.local;

import dev.fovea.imaging.drawing.MatchPicture.Pair;
import dev.fovea.imaging.patch.DescriptorMatcher;
import dev.fovea.imaging.patch.Homography;
import dev.fovea.imaging.patch.HomographyEstimator;
import dev.fovea.imaging.patch.Match;
import dev.fovea.local.scene.Projection;
import dev.fovea.local.scene.Projection.Point;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Two images matched by the descriptors that the service published.
///
/// @param matches mutual nearest neighbours that pass the ratio test
/// @param agreeing those that one homography explains
/// @param homography from left to right; empty if too few matches agree on one
/// @param errorPx mean distance between where the estimated and the true homography put the left image's corners,
///     pixels; empty where the truth is not known
record MatchedViews(
        DescribedImage left,
        DescribedImage right,
        int matches,
        List<Pair> agreeing,
        Optional<Projection> homography,
        OptionalDouble errorPx) {

    /// Lowe 2004, section 7.1.
    private static final double RATIO = 0.8;

    private static final double MAX_ERROR_PX = 3;

    /// Unrelated images agree on a homography by chance with fewer matches than these.
    private static final int LEAST_AGREEING = 20;

    /// @param width,height of the left image, pixels
    static MatchedViews of(DescribedImage left, DescribedImage right, int width, int height) throws IOException {
        List<Match> matches = new DescriptorMatcher(RATIO, true).match(left.descriptors(), right.descriptors());
        Optional<Homography> found = new HomographyEstimator(MAX_ERROR_PX)
                .estimate(left.keypoints(), right.keypoints(), matches)
                .filter(homography -> homography.inlierCount() >= LEAST_AGREEING);
        if (found.isEmpty()) {
            return new MatchedViews(left, right, matches.size(), List.of(), Optional.empty(), OptionalDouble.empty());
        }
        Projection homography = Projection.of(found.get().toArray());
        return new MatchedViews(
                left,
                right,
                matches.size(),
                agreeing(left, right, matches, found.get()),
                Optional.of(homography),
                error(homography, TrueHomographies.between(left.file(), right.file()), width, height));
    }

    String title() {
        return left.file().key() + " -> " + right.file().name();
    }

    private static List<Pair> agreeing(
            DescribedImage left, DescribedImage right, List<Match> matches, Homography homography) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < matches.size(); i++) {
            if (homography.isInlier(i)) {
                Match match = matches.get(i);
                pairs.add(new Pair(
                        left.keypoints().get(match.query()), right.keypoints().get(match.train())));
            }
        }
        return pairs;
    }

    private static OptionalDouble error(Projection found, Optional<Projection> truth, int width, int height) {
        if (truth.isEmpty()) {
            return OptionalDouble.empty();
        }
        return List.of(
                        new Point(0, 0),
                        new Point(width - 1, 0),
                        new Point(width - 1, height - 1),
                        new Point(0, height - 1))
                .stream()
                .mapToDouble(corner ->
                        found.map(corner.x(), corner.y()).distance(truth.get().map(corner.x(), corner.y())))
                .average();
    }
}
