package dev.fovea.retrieval.rerank;

import java.util.BitSet;
import java.util.Optional;
import org.opencv.calib3d.Calib3d;
import org.opencv.core.Mat;
import org.opencv.core.MatOfPoint2f;
import org.opencv.core.Point;

/// The map of one kind that leaves the least sum of squared errors.
final class LeastSquares {

    /// Matches from which more degrees of freedom are trusted, per match that fixes the map.
    private static final int TRUST = 2;

    /// In squared units: points closer than this to a line fix no affine map.
    private static final double FLAT = 1e-12;

    private LeastSquares() {}

    /// With fewer inliers than twice what fixes the model, the fit is of the next simpler one. Empty if the
    /// points lie on one place, or on one line where that does not fix the map.
    static Optional<PlaneMap> fit(GeometricModel model, MatchedPoints points, BitSet inliers) {
        int count = inliers.cardinality();
        if (count < GeometricModel.SIMILARITY.leastMatches()) {
            return Optional.empty();
        }
        var moments = Moments.of(points, inliers);
        if (model == GeometricModel.HOMOGRAPHY && count >= TRUST * model.leastMatches()) {
            return homography(points, inliers);
        }
        return model == GeometricModel.SIMILARITY || count < TRUST * GeometricModel.AFFINE.leastMatches()
                ? moments.similarity()
                : moments.affine();
    }

    private static Optional<PlaneMap> homography(MatchedPoints points, BitSet inliers) {
        Point[] from = inliers.stream()
                .mapToObj(i -> new Point(points.fromX[i], points.fromY[i]))
                .toArray(Point[]::new);
        Point[] to = inliers.stream()
                .mapToObj(i -> new Point(points.toX[i], points.toY[i]))
                .toArray(Point[]::new);
        MatOfPoint2f query = new MatOfPoint2f(from);
        MatOfPoint2f candidate = new MatOfPoint2f(to);
        try {
            return map(Calib3d.findHomography(query, candidate, 0));
        } finally {
            query.release();
            candidate.release();
        }
    }

    /// Releases the matrix.
    private static Optional<PlaneMap> map(Mat matrix) {
        try {
            if (matrix.empty()) {
                return Optional.empty();
            }
            double[] rowMajor = new double[9];
            matrix.get(0, 0, rowMajor);
            return Optional.of(PlaneMap.of(rowMajor));
        } finally {
            matrix.release();
        }
    }

    /// Means and centred second moments of matches: `qq` within the query, `qt` between both.
    private record Moments(
            double fromX,
            double fromY,
            double toX,
            double toY,
            double xx,
            double xy,
            double yy,
            double xToX,
            double yToX,
            double xToY,
            double yToY) {

        static Moments of(MatchedPoints points, BitSet inliers) {
            double[] mean = new double[4];
            int count = inliers.cardinality();
            inliers.stream().forEach(i -> {
                mean[0] += points.fromX[i] / count;
                mean[1] += points.fromY[i] / count;
                mean[2] += points.toX[i] / count;
                mean[3] += points.toY[i] / count;
            });
            double[] sum = new double[7];
            inliers.stream().forEach(i -> {
                double x = points.fromX[i] - mean[0];
                double y = points.fromY[i] - mean[1];
                double toX = points.toX[i] - mean[2];
                double toY = points.toY[i] - mean[3];
                sum[0] += x * x;
                sum[1] += x * y;
                sum[2] += y * y;
                sum[3] += x * toX;
                sum[4] += y * toX;
                sum[5] += x * toY;
                sum[6] += y * toY;
            });
            return new Moments(
                    mean[0], mean[1], mean[2], mean[3], sum[0], sum[1], sum[2], sum[3], sum[4], sum[5], sum[6]);
        }

        Optional<PlaneMap> similarity() {
            double spread = xx + yy;
            if (spread < FLAT) {
                return Optional.empty();
            }
            double cos = (xToX + yToY) / spread;
            double sin = (xToY - yToX) / spread;
            return Optional.of(through(cos, -sin, sin, cos));
        }

        Optional<PlaneMap> affine() {
            double determinant = xx * yy - xy * xy;
            if (determinant < FLAT) {
                return Optional.empty();
            }
            return Optional.of(through(
                    (xToX * yy - yToX * xy) / determinant,
                    (yToX * xx - xToX * xy) / determinant,
                    (xToY * yy - yToY * xy) / determinant,
                    (yToY * xx - xToY * xy) / determinant));
        }

        /// The linear map that takes mean to mean.
        private PlaneMap through(double a, double b, double d, double e) {
            return PlaneMap.affine(a, b, toX - a * fromX - b * fromY, d, e, toY - d * fromX - e * fromY);
        }
    }
}
