package dev.fovea.retrieval.rerank;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.imaging.drawing.MatchPicture;
import dev.fovea.imaging.drawing.MatchPicture.Pair;
import dev.fovea.imaging.patch.Homography;
import dev.fovea.imaging.patch.Keypoint;
import dev.fovea.imaging.patch.Match;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Query and candidate side by side, their inliers joined. Any thread.
///
/// @param decoder of thumbnails, which may have come from a caller
/// @param side longer side of each image as drawn, pixels
public record VerifiedPicture(ImageDecoder decoder, int side) {

    /// What is drawn of one image.
    ///
    /// @param thumbnail an image file of the whole image, of any size
    public record Shown(LocalFeatures features, ByteBuffer thumbnail) {}

    /// Encodes the picture as JPEG. Computes, and so is called with a CPU permit held.
    ///
    /// @param verification of exactly these features
    /// @throws dev.fovea.inference.failure.InvalidInput if a thumbnail cannot be decoded
    public byte[] draw(Shown query, Shown candidate, String title, double score, Verification verification)
            throws InterruptedException {
        try (Image left = decoder.decode(query.thumbnail());
                Image right = decoder.decode(candidate.thumbnail())) {
            Scale from = Scale.of(query.features().image(), left);
            Scale to = Scale.of(candidate.features().image(), right);
            List<Pair> pairs = verification.inliers().stream()
                    .map(match -> pair(match, query.features(), candidate.features(), from, to))
                    .toList();
            Optional<Homography> map = verification.transform().map(found -> from.back(to, found));
            return new MatchPicture(pairs, map, title, caption(score, verification)).draw(left, right, side);
        }
    }

    private static List<String> caption(double score, Verification verification) {
        return List.of(
                verification.inliers().size() + " inliers of " + verification.matches() + " matches",
                String.format(Locale.ROOT, "score %.3f", score));
    }

    private static Pair pair(Match match, LocalFeatures query, LocalFeatures candidate, Scale from, Scale to) {
        return new Pair(
                from.of(query.keypoints().get(match.query())),
                to.of(candidate.keypoints().get(match.train())));
    }

    /// From the full image's pixels to the thumbnail's; the corner of both is (-0.5, -0.5).
    private record Scale(double x, double y) {

        static Scale of(ImageSize full, Image thumbnail) {
            return new Scale(
                    (double) thumbnail.width() / full.widthPx(), (double) thumbnail.height() / full.heightPx());
        }

        Keypoint of(Keypoint keypoint) {
            return new Keypoint(
                    (float) ((keypoint.x() + 0.5) * x - 0.5),
                    (float) ((keypoint.y() + 0.5) * y - 0.5),
                    (float) (keypoint.size() * Math.sqrt(x * y)),
                    keypoint.angleDegrees(),
                    keypoint.response());
        }

        /// A map between full images as one between thumbnails, this being the first one's.
        Homography back(Scale second, Homography full) {
            PlaneMap toFull = PlaneMap.affine(1 / x, 0, 0.5 / x - 0.5, 0, 1 / y, 0.5 / y - 0.5);
            PlaneMap toThumbnail =
                    PlaneMap.affine(second.x, 0, 0.5 * second.x - 0.5, 0, second.y, 0.5 * second.y - 0.5);
            return Homography.of(
                    toFull.then(PlaneMap.of(full.toArray())).then(toThumbnail).rowMajor());
        }
    }
}
