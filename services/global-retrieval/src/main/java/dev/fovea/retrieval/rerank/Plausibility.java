package dev.fovea.retrieval.rerank;

/// Whether two photographs of one thing can differ by a map: it neither mirrors nor folds, and stretches
/// little enough.
final class Plausibility {

    /// Of either image against the other, both taken as of the same longer side.
    private static final double MAX_SCALE = 8;

    /// Of the longer stretch over the shorter: a plane seen at 80 degrees is shortened 5.8 times.
    private static final double MAX_STRETCH = 6;

    /// Of the nearest place's weight over the farthest's.
    private static final double MAX_PERSPECTIVE = 4;

    private Plausibility() {}

    /// Looks at the places of the query that the inliers lie in.
    static boolean holds(TransformEstimator.Estimate estimate, MatchedPoints points) {
        double left = Double.POSITIVE_INFINITY;
        double top = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        for (int i = estimate.inliers().nextSetBit(0);
                i >= 0;
                i = estimate.inliers().nextSetBit(i + 1)) {
            left = Math.min(left, points.fromX[i]);
            right = Math.max(right, points.fromX[i]);
            top = Math.min(top, points.fromY[i]);
            bottom = Math.max(bottom, points.fromY[i]);
        }
        double[] xs = {left, right, right, left, (left + right) / 2};
        double[] ys = {top, top, bottom, bottom, (top + bottom) / 2};
        return keepsInFront(estimate.map(), xs, ys) && stretchesLittle(estimate.map(), xs, ys);
    }

    /// A map whose weight keeps its sign at the corners of a rectangle puts it on a convex quadrilateral.
    private static boolean keepsInFront(PlaneMap map, double[] xs, double[] ys) {
        double least = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < xs.length; i++) {
            double weight = map.weight(xs[i], ys[i]);
            least = Math.min(least, weight);
            largest = Math.max(largest, weight);
        }
        return least > 0 && largest <= MAX_PERSPECTIVE * least;
    }

    private static boolean stretchesLittle(PlaneMap map, double[] xs, double[] ys) {
        int centre = xs.length - 1;
        PlaneMap.Stretch stretch = map.stretch(xs[centre], ys[centre]);
        return stretch.shorter() > 0
                && stretch.longer() <= MAX_STRETCH * stretch.shorter()
                && stretch.longer() <= MAX_SCALE
                && stretch.shorter() >= 1 / MAX_SCALE;
    }
}
