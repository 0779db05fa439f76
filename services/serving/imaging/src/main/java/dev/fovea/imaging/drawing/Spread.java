package dev.fovea.imaging.drawing;

import dev.fovea.imaging.patch.Keypoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Chooses keypoints that are strong and do not lie on each other.
public final class Spread {

    private Spread() {}

    /// Greedily the strongest, each clear of those chosen before; fewer than `most` if no more fit.
    ///
    /// @param distance least distance of two, pixels
    /// @param sizes least distance of two in sizes of the smaller: small ones may lie within large ones
    public static List<Keypoint> over(List<Keypoint> keypoints, int most, double distance, double sizes) {
        List<Keypoint> chosen = new ArrayList<>();
        List<Keypoint> strongest = keypoints.stream()
                .sorted(Comparator.comparing(Keypoint::response).reversed())
                .toList();
        for (Keypoint candidate : strongest) {
            if (chosen.size() == most) {
                break;
            }
            boolean free = chosen.stream()
                    .noneMatch(other -> Math.hypot(other.x() - candidate.x(), other.y() - candidate.y())
                            < Math.max(distance, sizes * Math.min(other.size(), candidate.size())));
            if (free) {
                chosen.add(candidate);
            }
        }
        return chosen;
    }
}
