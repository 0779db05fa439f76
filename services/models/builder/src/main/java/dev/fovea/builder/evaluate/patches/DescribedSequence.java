package dev.fovea.builder.evaluate.patches;

import dev.fovea.imaging.patch.Homography;
import dev.fovea.imaging.patch.Keypoint;
import dev.fovea.imaging.patch.PatchFrame;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.session.SessionException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// One descriptor's answers for one sequence.
///
/// @param reference of the reference's patches
/// @param others by noise level and view, the first after the reference being 0; rows in the order of
///     `reference`
/// @param detected by view, the reference being 0: what homographies are estimated from
record DescribedSequence(
        String name,
        Rows reference,
        Map<NoiseLevel, List<Rows>> others,
        List<DescribedKeypoints> detected,
        Plane plane) {

    /// Keypoints of one image with their descriptors, FLOAT32 (N, D).
    record DescribedKeypoints(List<Keypoint> keypoints, Tensor descriptors) {}

    /// What is true of the sequence.
    ///
    /// @param widthPx of the reference image
    /// @param heightPx of the reference image
    /// @param maps from the reference to each of the others
    record Plane(int widthPx, int heightPx, List<Homography> maps) {}

    /// Images, the reference included.
    int views() {
        return detected.size();
    }

    /// The patches of an image, the reference being 0.
    Rows patches(int view, NoiseLevel level) {
        return view == 0 ? reference : level(level).get(view - 1);
    }

    private List<Rows> level(NoiseLevel level) {
        return others.getOrDefault(level, List.of());
    }

    /// @param described is told of every image
    static DescribedSequence of(
            OpenSequence open, SequenceFrames frames, PatchDescriptor descriptor, Runnable described)
            throws SessionException {
        Rows reference = Rows.of(descriptor.describe(open.image(0), frames.reference()));
        Map<NoiseLevel, List<Rows>> others = new EnumMap<>(NoiseLevel.class);
        List<DescribedKeypoints> detected = new ArrayList<>();
        for (int view = 0; view < open.views(); view++) {
            if (view > 0) {
                for (var level : frames.others().entrySet()) {
                    List<PatchFrame> jittered = level.getValue().get(view - 1);
                    others.computeIfAbsent(level.getKey(), _ -> new ArrayList<>())
                            .add(Rows.of(descriptor.describe(open.image(view), jittered)));
                }
            }
            List<Keypoint> keypoints = frames.detected().get(view);
            List<PatchFrame> circles = keypoints.stream().map(PatchFrame::of).toList();
            detected.add(new DescribedKeypoints(keypoints, descriptor.describe(open.image(view), circles)));
            described.run();
        }
        var plane = new Plane(
                open.image(0).width(), open.image(0).height(), open.sequence().maps());
        return new DescribedSequence(open.sequence().name(), reference, others, detected, plane);
    }
}
