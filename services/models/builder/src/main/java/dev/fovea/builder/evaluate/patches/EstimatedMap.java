package dev.fovea.builder.evaluate.patches;

import dev.fovea.builder.evaluate.patches.DescribedSequence.DescribedKeypoints;
import dev.fovea.builder.evaluate.patches.DescribedSequence.Plane;
import dev.fovea.imaging.patch.DescriptorMatcher;
import dev.fovea.imaging.patch.Homography;
import dev.fovea.imaging.patch.HomographyEstimator;
import dev.fovea.imaging.patch.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A homography estimated from matched keypoints, held against the true one.
///
/// @param view number of the image, from 2; the reference is 1
/// @param matches each of which is the other's nearest
/// @param inliers of the estimate
/// @param cornerErrorPx mean distance of the reference's corners, carried over by the estimate and by the
///     truth; infinite where there is no estimate
record EstimatedMap(String sequence, int view, int matches, int inliers, double cornerErrorPx) {

    /// Pixels: 1 to this.
    static final int LARGEST_THRESHOLD = 10;

    private static final DescriptorMatcher MUTUAL = new DescriptorMatcher(1, true);
    private static final HomographyEstimator ROBUST = new HomographyEstimator(3);

    static List<EstimatedMap> of(DescribedSequence sequence) {
        List<EstimatedMap> estimates = new ArrayList<>();
        DescribedKeypoints from = sequence.detected().getFirst();
        for (int view = 1; view < sequence.views(); view++) {
            DescribedKeypoints to = sequence.detected().get(view);
            List<Match> matches = MUTUAL.match(from.descriptors(), to.descriptors());
            Optional<Homography> estimate = ROBUST.estimate(from.keypoints(), to.keypoints(), matches);
            Homography truth = sequence.plane().maps().get(view - 1);
            estimates.add(new EstimatedMap(
                    sequence.name(),
                    view + 1,
                    matches.size(),
                    estimate.map(Homography::inlierCount).orElse(0),
                    estimate.map(map -> cornerError(map, truth, sequence.plane()))
                            .orElse(Double.POSITIVE_INFINITY)));
        }
        return estimates;
    }

    static double cornerError(Homography estimate, Homography truth, Plane plane) {
        double sum = 0;
        for (int corner = 0; corner < 4; corner++) {
            double x = corner % 2 == 0 ? 0 : plane.widthPx() - 1;
            double y = corner < 2 ? 0 : plane.heightPx() - 1;
            sum += Math.hypot(estimate.mapX(x, y) - truth.mapX(x, y), estimate.mapY(x, y) - truth.mapY(x, y)) / 4;
        }
        return Double.isFinite(sum) ? sum : Double.POSITIVE_INFINITY;
    }

    /// Share of the estimates whose error is at most a threshold, mean over the thresholds of 1 to 10 px.
    ///
    /// Source: mAA(10) of Jin et al. 2021, "Image Matching across Wide Baselines", arXiv:2003.01587, section
    /// 3.4, with corner errors (DeTone et al. 2018, arXiv:1712.07629, section 7.2) in pixels for angles in
    /// degrees.
    ///
    /// @throws java.util.NoSuchElementException if there are none
    static double meanAverageAccuracy(List<EstimatedMap> estimates) {
        double sum = 0;
        for (int threshold = 1; threshold <= LARGEST_THRESHOLD; threshold++) {
            int limit = threshold;
            sum += estimates.stream()
                    .mapToInt(estimate -> estimate.cornerErrorPx() <= limit ? 1 : 0)
                    .average()
                    .orElseThrow();
        }
        return sum / LARGEST_THRESHOLD;
    }
}
