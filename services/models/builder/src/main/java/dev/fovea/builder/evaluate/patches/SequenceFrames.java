package dev.fovea.builder.evaluate.patches;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.patch.Homography;
import dev.fovea.imaging.patch.Keypoint;
import dev.fovea.imaging.patch.KeypointDetector;
import dev.fovea.imaging.patch.PatchFrame;
import dev.fovea.repository.PatchPreprocessing;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// Where the patches of a sequence lie.
///
/// Source: Balntas et al. 2017, arXiv:1704.05939, section 3: keypoints of the reference whose square lies
/// inside every image, no two of which overlap by more than half; in the other images the same frames,
/// jittered and carried over by the true homography. Of overlapping ones the strongest stays, not a random
/// one; keypoints are SIFT's alone.
///
/// @param reference frames in the reference image
/// @param others by noise level and view, the first after the reference being 0: frames in the order of
///     `reference`
/// @param detected by view, the reference being 0: keypoints found in each image for itself
record SequenceFrames(
        List<PatchFrame> reference, Map<NoiseLevel, List<List<PatchFrame>>> others, List<List<Keypoint>> detected) {

    /// The smallest radius, pixels: the finest scale that is not interpolated.
    private static final double MIN_RADIUS = 1.6;

    private static final double MAX_OVERLAP = 0.5;
    private static final double HALF_SIDE = PatchPreprocessing.DEFAULT_MAGNIFICATION / 2;
    private static final double CONTRAST = 0.04;

    /// Candidates over patches wanted: many of the strongest overlap or leave an image.
    private static final int CANDIDATES = 20;

    static SequenceFrames of(OpenSequence open, EvaluationSettings settings) {
        List<PatchFrame> reference = reference(open, settings.patches());
        Map<NoiseLevel, List<List<PatchFrame>>> others = new EnumMap<>(NoiseLevel.class);
        for (NoiseLevel level : settings.levels()) {
            List<List<PatchFrame>> views = new ArrayList<>();
            for (int view = 1; view < open.views(); view++) {
                views.add(jittered(open.sequence(), view, reference, level, settings.seed()));
            }
            others.put(level, views);
        }
        var detector = new KeypointDetector.Sift(settings.keypoints(), CONTRAST);
        List<List<Keypoint>> detected = new ArrayList<>();
        for (int view = 0; view < open.views(); view++) {
            detected.add(detector.detect(open.image(view)));
        }
        return new SequenceFrames(reference, others, detected);
    }

    private static List<PatchFrame> reference(OpenSequence open, int wanted) {
        List<PatchFrame> kept = new ArrayList<>();
        var detector = new KeypointDetector.Sift(CANDIDATES * wanted, CONTRAST);
        for (Keypoint keypoint : detector.detect(open.image(0))) {
            PatchFrame frame = PatchFrame.of(keypoint);
            if (kept.size() < wanted
                    && frame.radius() >= MIN_RADIUS
                    && isSeenEverywhere(frame, open)
                    && kept.stream().noneMatch(other -> overlap(frame, other) > MAX_OVERLAP)) {
                kept.add(frame);
            }
        }
        return kept;
    }

    private static boolean isSeenEverywhere(PatchFrame frame, OpenSequence open) {
        List<Homography> maps = open.sequence().maps();
        return isInside(frame, open.image(0))
                && Stream.iterate(0, i -> i < maps.size(), i -> i + 1)
                        .allMatch(i -> isInside(frame.through(maps.get(i)), open.image(i + 1)));
    }

    private static boolean isInside(PatchFrame frame, Image image) {
        boolean inside = true;
        for (int corner = 0; corner < 4; corner++) {
            double u = corner % 2 == 0 ? -HALF_SIDE : HALF_SIDE;
            double v = corner < 2 ? -HALF_SIDE : HALF_SIDE;
            double x = frame.columnAt(u, v);
            double y = frame.rowAt(u, v);
            inside &= x >= 0 && y >= 0 && x <= image.width() - 1 && y <= image.height() - 1;
        }
        return inside;
    }

    /// Intersection over union of two circles.
    static double overlap(PatchFrame one, PatchFrame other) {
        double r = one.radius();
        double q = other.radius();
        double distance = Math.hypot(one.x() - other.x(), one.y() - other.y());
        if (distance >= r + q) {
            return 0;
        }
        double smaller = Math.PI * Math.min(r, q) * Math.min(r, q);
        double both = smaller;
        if (distance > Math.abs(r - q)) {
            double a = Math.acos((distance * distance + r * r - q * q) / (2 * distance * r));
            double b = Math.acos((distance * distance + q * q - r * r) / (2 * distance * q));
            both = r * r * (a - Math.sin(2 * a) / 2) + q * q * (b - Math.sin(2 * b) / 2);
        }
        return both / (Math.PI * (r * r + q * q) - both);
    }

    /// The noise depends on nothing but seed, sequence, view and level.
    private static List<PatchFrame> jittered(
            ImageSequence sequence, int view, List<PatchFrame> reference, NoiseLevel level, long seed) {
        long mixed = 31 * (31 * (31 * seed + sequence.name().hashCode()) + view)
                + level.name().hashCode();
        var random = new SplittableRandom(mixed);
        Homography map = sequence.maps().get(view - 1);
        return reference.stream()
                .map(frame -> level.jittered(frame, random).through(map))
                .toList();
    }
}
