package dev.fovea.imaging.patch;

import dev.fovea.imaging.Image;
import dev.fovea.inference.Tensor;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.PatchPreprocessing;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Samples the grey patch around each keypoint. Stateless: any thread.
///
/// A keypoint of diameter `s` covers a square of side `magnification * s / 2` image pixels, centred on it and turned
/// clockwise by its angle. Patch pixel `(u, v)` of `N` shows the image at
///
/// ```
/// x' = x + k (cos a (u - c) - sin a (v - c))      k = magnification * s / 2 / N
/// y' = y + k (sin a (u - c) + cos a (v - c))      c = (N - 1) / 2
/// ```
///
/// with pixel centres at integers in both, so that the outermost patch pixels lie half a patch pixel inside the square.
/// Beyond the image its border pixels repeat. Grey is 0.299 R + 0.587 G + 0.114 B.
///
/// **No aliasing:** the image is first smoothed by a Gaussian of [#SMOOTHING] patch pixels, that is `SMOOTHING * k`
/// image pixels, taken from a [ScaleSpace] all keypoints share; in between pixels are interpolated bilinearly.
public final class PatchExtractor {

    /// Standard deviation of the smoothing, in patch pixels. Measured, see the module's README.
    static final double SMOOTHING = 1.0;

    private final PatchPreprocessing preprocessing;
    private final double smoothing;

    public PatchExtractor(PatchPreprocessing preprocessing) {
        this(preprocessing, SMOOTHING);
    }

    PatchExtractor(PatchPreprocessing preprocessing, double smoothing) {
        this.preprocessing = preprocessing;
        this.smoothing = smoothing;
    }

    /// Writes one row per keypoint, in order, straight into `target`.
    ///
    /// @param target UINT8 (0 to 255) or FLOAT32 (0 to 1) with `keypoints.size()` rows of patch size
    ///     squared elements
    /// @throws dev.fovea.inference.failure.InvalidInput `KEYPOINT_INVALID` if a keypoint is outside the
    ///     image, not finite, of no size or far larger than the image
    /// @throws IllegalArgumentException if the target is of another shape or type
    public void extract(Image image, List<Keypoint> keypoints, Tensor target) {
        requireTarget(keypoints.size(), target);
        KeypointCheck.requireValid(keypoints, image);
        sample(image, keypoints.stream().map(PatchFrame::of).toList(), target);
    }

    /// As for keypoints, for frames that may be stretched and sheared too; smoothing is by the mean of both
    /// directions.
    ///
    /// @param target UINT8 (0 to 255) or FLOAT32 (0 to 1) with `frames.size()` rows of patch size squared
    ///     elements
    /// @throws IllegalArgumentException if the target is of another shape or type, or a frame's radius is not
    ///     finite and positive
    public void extractFrames(Image image, List<PatchFrame> frames, Tensor target) {
        requireTarget(frames.size(), target);
        for (PatchFrame frame : frames) {
            if (!(frame.radius() > 0 && frame.radius() < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("radius " + frame.radius() + " of " + frame + " is not positive");
            }
        }
        sample(image, frames, target);
    }

    private void sample(Image image, List<PatchFrame> frames, Tensor target) {
        if (frames.isEmpty()) {
            return;
        }
        ScaleSpace.Level[] levels = new ScaleSpace.Level[frames.size()];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = ScaleSpace.Level.of(
                    smoothing * patchPixels() * frames.get(i).radius());
        }
        // Level by level, so that only one is in memory at a time.
        int[] order = IntStream.range(0, levels.length)
                .boxed()
                .sorted(Comparator.comparing(i -> levels[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        try (ScaleSpace space = new ScaleSpace(image)) {
            float[] patch = new float[preprocessing.patchSize() * preprocessing.patchSize()];
            for (int i : order) {
                sample(space.smoothed(levels[i]), levels[i], frames.get(i), patch);
                write(patch, target, i);
            }
        }
    }

    /// Side of a patch pixel in keypoint radii.
    private double patchPixels() {
        return preprocessing.magnification() / preprocessing.patchSize();
    }

    private void sample(ScaleSpace.Smoothed level, ScaleSpace.Level at, PatchFrame frame, float[] patch) {
        int n = preprocessing.patchSize();
        double step = patchPixels() / at.pixel();
        double ux = step * frame.ux();
        double uy = step * frame.uy();
        double vx = step * frame.vx();
        double vy = step * frame.vy();
        double centre = (n - 1) / 2.0;
        double x = frame.x() / at.pixel() - ux * centre - vx * centre;
        double y = frame.y() / at.pixel() - uy * centre - vy * centre;
        for (int v = 0; v < n; v++) {
            level.sampleLine(x + v * vx, y + v * vy, ux, uy, patch, v * n, n);
        }
    }

    private static void write(float[] patch, Tensor target, int row) {
        ByteBuffer bytes = target.bytes(row, row + 1);
        if (target.elementType() == ElementType.UINT8) {
            for (int i = 0; i < patch.length; i++) {
                bytes.put(i, (byte) (int) (patch[i] + 0.5f));
            }
        } else {
            FloatBuffer floats = bytes.asFloatBuffer();
            for (int i = 0; i < patch.length; i++) {
                floats.put(i, patch[i] * (1 / 255f));
            }
        }
    }

    private void requireTarget(int rows, Tensor target) {
        ElementType type = target.elementType();
        int elements = target.itemShape().stream().reduce(1, Math::multiplyExact);
        int expected = preprocessing.patchSize() * preprocessing.patchSize();
        boolean writable = type == ElementType.UINT8 || type == ElementType.FLOAT32;
        if (!writable || target.rows() != rows || elements != expected) {
            throw new IllegalArgumentException("target " + target + " cannot hold " + rows + " patches of "
                    + preprocessing.patchSize() + "x" + preprocessing.patchSize() + " as UINT8 or FLOAT32");
        }
    }
}
