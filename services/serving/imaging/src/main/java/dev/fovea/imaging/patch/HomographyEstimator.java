package dev.fovea.imaging.patch;

import dev.fovea.imaging.OpenCv;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.opencv.calib3d.Calib3d;
import org.opencv.core.Mat;
import org.opencv.core.MatOfPoint2f;
import org.opencv.core.Point;

/// Robust fit of a homography to matches: OpenCV's USAC_MAGSAC (Barath et al. 2020, arXiv:1912.05909), which is
/// seeded the same way each time. Stateless: any thread.
///
/// @param maxErrorPx reprojection error above which a match is no inlier, pixels; positive, commonly 3
public record HomographyEstimator(double maxErrorPx) {

    /// A homography has eight degrees of freedom and each match fixes two.
    private static final int LEAST_MATCHES = 4;

    private static final int MAX_ITERATIONS = 10_000;
    private static final double CONFIDENCE = 0.999;

    /// @throws IllegalArgumentException if the error is not positive and finite
    public HomographyEstimator {
        if (!(maxErrorPx > 0) || Double.isInfinite(maxErrorPx)) {
            throw new IllegalArgumentException("reprojection error " + maxErrorPx + " px is not positive and finite");
        }
    }

    /// Maps the query image's plane to the train image's. Empty if there are fewer than four matches, or if no
    /// homography agrees with four of them.
    public Optional<Homography> estimate(List<Keypoint> query, List<Keypoint> train, List<Match> matches) {
        if (matches.size() < LEAST_MATCHES) {
            return Optional.empty();
        }
        OpenCv.load();
        MatOfPoint2f from = points(matches, match -> query.get(match.query()));
        MatOfPoint2f to = points(matches, match -> train.get(match.train()));
        Mat mask = new Mat();
        Mat matrix = new Mat();
        try {
            matrix =
                    Calib3d.findHomography(from, to, Calib3d.USAC_MAGSAC, maxErrorPx, mask, MAX_ITERATIONS, CONFIDENCE);
            return homography(matrix, mask);
        } finally {
            from.release();
            to.release();
            mask.release();
            matrix.release();
        }
    }

    private static Optional<Homography> homography(Mat matrix, Mat mask) {
        if (matrix.empty()) {
            return Optional.empty();
        }
        double[] rowMajor = new double[9];
        matrix.get(0, 0, rowMajor);
        byte[] flags = new byte[mask.rows() * mask.cols()];
        mask.get(0, 0, flags);
        BitSet inliers = new BitSet(flags.length);
        for (int i = 0; i < flags.length; i++) {
            inliers.set(i, flags[i] != 0);
        }
        return inliers.cardinality() < LEAST_MATCHES
                ? Optional.empty()
                : Optional.of(new Homography(rowMajor, inliers));
    }

    private static MatOfPoint2f points(List<Match> matches, Function<Match, Keypoint> end) {
        Point[] points = matches.stream()
                .map(end)
                .map(keypoint -> new Point(keypoint.x(), keypoint.y()))
                .toArray(Point[]::new);
        return new MatOfPoint2f(points);
    }
}
