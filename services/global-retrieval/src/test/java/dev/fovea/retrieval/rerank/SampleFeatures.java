package dev.fovea.retrieval.rerank;

import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.patch.Homography;
import dev.fovea.imaging.patch.Keypoint;
import dev.fovea.inference.lifecycle.ModelIdentity;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Local features of places that exist in a test only.
final class SampleFeatures {

    static final ModelIdentity MODEL = new ModelIdentity("siftnet", 1, "sha256:" + "0".repeat(64));
    static final ImageSize SIZE = new ImageSize(640, 480);

    private static final int DIMENSION = 16;

    private SampleFeatures() {}

    /// Random keypoints with random descriptors; equal seeds give equal features.
    static LocalFeatures random(long seed, int count) {
        var random = new Random(seed);
        List<Keypoint> keypoints = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keypoints.add(new Keypoint(
                    20 + random.nextFloat() * 600,
                    20 + random.nextFloat() * 440,
                    2 + random.nextFloat() * 20,
                    random.nextFloat() * 360,
                    random.nextFloat()));
        }
        byte[] rows = new byte[count * DIMENSION];
        random.nextBytes(rows);
        return of(keypoints, rows);
    }

    /// The same descriptors where `map` puts the first `kept` keypoints; the rest of them lie anywhere.
    static LocalFeatures moved(LocalFeatures features, Homography map, int kept) {
        var random = new Random(99);
        List<Keypoint> keypoints = new ArrayList<>();
        for (int i = 0; i < features.keypoints().size(); i++) {
            Keypoint from = features.keypoints().get(i);
            Keypoint stray =
                    new Keypoint(random.nextFloat() * 639, random.nextFloat() * 479, 5, random.nextFloat() * 360, 1);
            keypoints.add(i < kept ? through(map, from) : stray);
        }
        byte[] rows = new byte[features.descriptors().rows().remaining()];
        features.descriptors().rows().get(rows);
        return of(keypoints, rows);
    }

    private static Keypoint through(Homography map, Keypoint from) {
        double angle = Math.toRadians(from.angleDegrees());
        double x = map.mapX(from.x(), from.y());
        double y = map.mapY(from.x(), from.y());
        double dx = map.mapX(from.x() + Math.cos(angle), from.y() + Math.sin(angle)) - x;
        double dy = map.mapY(from.x() + Math.cos(angle), from.y() + Math.sin(angle)) - y;
        float turned = (float) ((Math.toDegrees(Math.atan2(dy, dx)) + 360) % 360);
        return new Keypoint((float) x, (float) y, (float) (from.size() * Math.hypot(dx, dy)), turned, 1);
    }

    private static LocalFeatures of(List<Keypoint> keypoints, byte[] rows) {
        return new LocalFeatures(
                MODEL, SIZE, keypoints, QuantizedDescriptors.of(ByteBuffer.wrap(rows), DIMENSION, 0.01f, 0));
    }
}
