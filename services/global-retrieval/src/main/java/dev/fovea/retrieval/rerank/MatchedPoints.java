package dev.fovea.retrieval.rerank;

import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.patch.Homography;
import dev.fovea.imaging.patch.Keypoint;
import dev.fovea.imaging.patch.Match;
import java.util.List;

/// The two ends of matches, in units of each image's longer side: (0, 0) is the upper left corner. Not
/// changed after it is made.
///
/// | | |
/// |---|---|
/// | `fromX`, `fromY` | place in the query |
/// | `toX`, `toY` | place in the candidate |
/// | `logScale` | natural logarithm of the candidate's keypoint size over the query's |
/// | `turn` | the candidate's angle less the query's, radians |
final class MatchedPoints {

    final double[] fromX;
    final double[] fromY;
    final double[] toX;
    final double[] toY;
    final double[] logScale;
    final double[] turn;
    private final double fromSide;
    private final double toSide;

    private MatchedPoints(int count, double fromSide, double toSide) {
        fromX = new double[count];
        fromY = new double[count];
        toX = new double[count];
        toY = new double[count];
        logScale = new double[count];
        turn = new double[count];
        this.fromSide = fromSide;
        this.toSide = toSide;
    }

    static MatchedPoints of(LocalFeatures query, LocalFeatures candidate, List<Match> matches) {
        var points = new MatchedPoints(matches.size(), longerSide(query.image()), longerSide(candidate.image()));
        for (int i = 0; i < matches.size(); i++) {
            Keypoint from = query.keypoints().get(matches.get(i).query());
            Keypoint to = candidate.keypoints().get(matches.get(i).train());
            points.fromX[i] = (from.x() + 0.5) / points.fromSide;
            points.fromY[i] = (from.y() + 0.5) / points.fromSide;
            points.toX[i] = (to.x() + 0.5) / points.toSide;
            points.toY[i] = (to.y() + 0.5) / points.toSide;
            points.logScale[i] = Math.log(to.size() / points.toSide / (from.size() / points.fromSide));
            points.turn[i] = Math.toRadians(to.angleDegrees() - from.angleDegrees());
        }
        return points;
    }

    int count() {
        return fromX.length;
    }

    /// Squared distance between where `map` puts the query's end of match `i` and the candidate's end.
    double squaredError(PlaneMap map, int i) {
        double dx = map.x(fromX[i], fromY[i]) - toX[i];
        double dy = map.y(fromX[i], fromY[i]) - toY[i];
        return dx * dx + dy * dy;
    }

    /// `map` from pixels to pixels, whose centres are at integers.
    Homography inPixels(PlaneMap map) {
        PlaneMap toUnits = PlaneMap.affine(1 / fromSide, 0, 0.5 / fromSide, 0, 1 / fromSide, 0.5 / fromSide);
        PlaneMap toPixels = PlaneMap.affine(toSide, 0, -0.5, 0, toSide, -0.5);
        return Homography.of(toUnits.then(map).then(toPixels).rowMajor());
    }

    private static double longerSide(ImageSize size) {
        return Math.max(1, Math.max(size.widthPx(), size.heightPx()));
    }
}
