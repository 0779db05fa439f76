package dev.fovea.retrieval.rerank;

import dev.fovea.imaging.patch.Match;
import java.util.List;
import java.util.Optional;

/// Matches two images' local features and counts those that one plausible map of the plane explains.
/// Stateless: any thread; equal features give an equal answer.
public final class GeometricVerifier {

    /// Chosen on data, see RERANKING.md.
    public static final GeometricVerifier DEFAULT = new GeometricVerifier(0.9, GeometricModel.AFFINE, 0.02);

    private final FeatureMatcher matcher;
    private final TransformEstimator estimator;

    /// @param maxRatio of the nearest to the second nearest descriptor, (0, 1]; 1: no ratio test
    /// @param maxError distance between a mapped keypoint and its match above which they do not agree, in
    ///     longer sides of the candidate's image; above 0, at most 0.1
    /// @throws IllegalArgumentException if a value is out of range
    public GeometricVerifier(double maxRatio, GeometricModel model, double maxError) {
        this.matcher = new FeatureMatcher(maxRatio);
        this.estimator = new TransformEstimator(model, maxError);
    }

    /// Features of different models have no matches, nor have those of different dimensions: callers may store
    /// features under any model's name.
    public Verification verify(LocalFeatures query, LocalFeatures candidate) {
        boolean comparable = query.model().equals(candidate.model())
                && query.descriptors().dimension() == candidate.descriptors().dimension();
        if (!comparable) {
            return Verification.withoutTransform(0);
        }
        List<Match> matches = matcher.match(query.descriptors(), candidate.descriptors());
        MatchedPoints points = MatchedPoints.of(query, candidate, matches);
        return estimator
                .estimate(points)
                .map(found -> new Verification(
                        matches.size(),
                        found.inliers().stream().mapToObj(matches::get).toList(),
                        Optional.of(points.inPixels(found.map()))))
                .orElse(Verification.withoutTransform(matches.size()));
    }
}
