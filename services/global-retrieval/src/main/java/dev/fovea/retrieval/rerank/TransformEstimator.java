package dev.fovea.retrieval.rerank;

import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Finds the map that most matches agree with.
///
/// A match of two keypoints, each with scale and orientation, is a similarity by itself, so every match is
/// tried as a hypothesis: nothing is drawn at random, and a few true matches among many wrong ones are found.
/// The best hypotheses are fitted to their inliers by least squares, a few times, with as many degrees of
/// freedom as the model has and the inliers can carry.
///
/// Source: Philbin et al. 2007, "Object retrieval with large vocabularies and fast spatial matching", section
/// 4; refitting as Chum et al. 2003, "Locally optimized RANSAC".
///
/// @param model the kind of map
/// @param maxError distance up to which a match agrees, in longer sides of the candidate's image; above 0, at
///     most 0.1
record TransformEstimator(GeometricModel model, double maxError) {

    /// Hypotheses that are fitted.
    private static final int BEST = 4;

    private static final int ROUNDS = 4;

    /// Keypoints' own scales and angles are coarse: their hypotheses may miss by this many times the error.
    private static final double LOOSE = 2;

    /// @throws IllegalArgumentException if the error is out of range
    TransformEstimator {
        if (!(maxError > 0 && maxError <= 0.1)) {
            throw new IllegalArgumentException("error of inliers is " + maxError + " longer sides, outside (0, 0.1]");
        }
    }

    /// A map and the matches that agree with it.
    record Estimate(PlaneMap map, BitSet inliers) {

        int count() {
            return inliers.cardinality();
        }
    }

    /// Empty if no plausible map has more agreeing matches than fix it.
    Optional<Estimate> estimate(MatchedPoints points) {
        List<Estimate> hypotheses = IntStream.range(0, points.count())
                .mapToObj(i -> supported(similarity(points, i), points, LOOSE * maxError))
                .sorted(Comparator.comparingInt(Estimate::count).reversed()) // stable: the earlier match first
                .limit(BEST)
                .toList();
        return hypotheses.stream()
                .map(hypothesis -> refined(hypothesis, points))
                .flatMap(Optional::stream)
                .max(Comparator.comparingInt(Estimate::count));
    }

    /// What match `i` alone says.
    private static PlaneMap similarity(MatchedPoints points, int i) {
        double scale = Math.exp(points.logScale[i]);
        double cos = scale * Math.cos(points.turn[i]);
        double sin = scale * Math.sin(points.turn[i]);
        return PlaneMap.affine(
                cos,
                -sin,
                points.toX[i] - cos * points.fromX[i] + sin * points.fromY[i],
                sin,
                cos,
                points.toY[i] - sin * points.fromX[i] - cos * points.fromY[i]);
    }

    private static Estimate supported(PlaneMap map, MatchedPoints points, double error) {
        BitSet inliers = new BitSet(points.count());
        for (int i = 0; i < points.count(); i++) {
            inliers.set(i, points.squaredError(map, i) <= error * error);
        }
        return new Estimate(map, inliers);
    }

    private Optional<Estimate> refined(Estimate hypothesis, MatchedPoints points) {
        Optional<Estimate> best = Optional.empty();
        Estimate current = hypothesis;
        for (int round = 0; round < ROUNDS; round++) {
            Optional<PlaneMap> fitted = LeastSquares.fit(model, points, current.inliers());
            if (fitted.isEmpty()) {
                break;
            }
            current = supported(fitted.get(), points, maxError);
            boolean more = best.isEmpty() || current.count() > best.get().count();
            if (more && current.count() > model.leastMatches() && Plausibility.holds(current, points)) {
                best = Optional.of(current);
            }
        }
        return best;
    }
}
