package dev.fovea.imaging.patch;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.OpenCv;
import java.util.Comparator;
import java.util.Optional;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/// One image in grey, smoothed to any of a geometric series of scales; coarse ones on a halved grid.
///
/// Levels are asked for in ascending order and only the latest is kept. Owned by one thread, closed by it.
///
/// Source: Lindeberg 1994, "Scale-space theory"; octaves as Burt and Adelson 1983 (OpenCV's pyrDown, whose pixel
/// `i` is at `2 i` of the finer image).
final class ScaleSpace implements AutoCloseable {

    private static final int LEVELS_PER_OCTAVE = 4;

    /// What a camera leaves, in pixels: Lowe 2004, section 3.3.
    private static final double CAMERA_SIGMA = 0.5;

    /// Standard deviation of pyrDown's kernel (1 4 6 4 1) / 16, in pixels of the finer image.
    private static final double HALVING_SIGMA = 1.0;

    /// Least smoothing of a level in its own pixels from the second octave on: what bilinear interpolation needs.
    private static final double LEAST_SIGMA = 1.0;

    /// Grey levels are kept as 16-bit multiples of this, so that smoothing does not round them away.
    private static final int GREY = 256;

    private Mat grey;
    private int octave;
    private Optional<Smoothed> latest = Optional.empty();

    ScaleSpace(Image image) {
        OpenCv.load();
        grey = new Mat();
        Imgproc.cvtColor(image.mat(), grey, Imgproc.COLOR_RGB2GRAY);
        grey.convertTo(grey, CvType.CV_16U, GREY);
    }

    /// @throws IllegalArgumentException if a finer octave than the last one is asked for
    Smoothed smoothed(Level level) {
        if (latest.isEmpty() || !latest.get().level.equals(level)) {
            latest = Optional.of(smooth(level));
        }
        return latest.get();
    }

    private Smoothed smooth(Level level) {
        if (level.octave < octave) {
            throw new IllegalArgumentException("octave " + level.octave + " after " + octave);
        }
        for (; octave < level.octave; octave++) {
            Mat half = new Mat();
            Imgproc.pyrDown(grey, half, new Size(), Core.BORDER_REPLICATE);
            grey.release();
            grey = half;
        }
        double present = sigma(octave);
        double missing = Math.sqrt(Math.max(0, level.sigma() * level.sigma() - present * present)) / level.pixel();
        Mat smooth = new Mat();
        try {
            if (missing < 0.1) {
                grey.copyTo(smooth);
            } else {
                Imgproc.GaussianBlur(grey, smooth, new Size(), missing, missing, Core.BORDER_REPLICATE);
            }
            short[] values = new short[smooth.rows() * smooth.cols()];
            smooth.get(0, 0, values);
            return new Smoothed(level, values, smooth.cols(), smooth.rows());
        } finally {
            smooth.release();
        }
    }

    /// Smoothing of an octave's unfiltered image, in pixels of the original.
    private static double sigma(int octave) {
        double variance = CAMERA_SIGMA * CAMERA_SIGMA;
        for (int i = 0; i < octave; i++) {
            double pixel = 1 << i;
            variance += HALVING_SIGMA * pixel * HALVING_SIGMA * pixel;
        }
        return Math.sqrt(variance);
    }

    @Override
    public void close() {
        grey.release();
    }

    /// A scale of the series.
    ///
    /// @param octave how often the grid is halved
    /// @param step position in the series, ascending with the scale
    record Level(int octave, int step) implements Comparable<Level> {

        private static final Comparator<Level> FINEST_FIRST =
                Comparator.comparing(Level::octave).thenComparing(Level::step);

        /// The level nearest to a standard deviation of `sigma` original pixels.
        static Level of(double sigma) {
            double wanted = Math.max(sigma, CAMERA_SIGMA);
            int step = (int) Math.round(LEVELS_PER_OCTAVE * log2(wanted / CAMERA_SIGMA));
            int octave = (int) Math.max(0, Math.floor(log2(sigma(step) / LEAST_SIGMA) + 1e-9));
            return new Level(octave, step);
        }

        private static double sigma(int step) {
            return CAMERA_SIGMA * Math.pow(2, (double) step / LEVELS_PER_OCTAVE);
        }

        private static double log2(double value) {
            return Math.log(value) / Math.log(2);
        }

        /// Standard deviation, in pixels of the original.
        double sigma() {
            return sigma(step);
        }

        /// Side of this level's pixels, in pixels of the original.
        int pixel() {
            return 1 << octave;
        }

        @Override
        public int compareTo(Level other) {
            return FINEST_FIRST.compare(this, other);
        }
    }

    /// A smoothed image in Java memory, to be sampled between pixels.
    static final class Smoothed {

        private final Level level;
        private final short[] values;
        private final int width;
        private final int height;

        private Smoothed(Level level, short[] values, int width, int height) {
            this.level = level;
            this.values = values;
            this.width = width;
            this.height = height;
        }

        /// Writes `count` grey values (0 to 255) from (x, y) on in steps of (dx, dy), in this level's pixels.
        void sampleLine(double x, double y, double dx, double dy, float[] line, int from, int count) {
            for (int i = 0; i < count; i++) {
                line[from + i] = at((float) (x + i * dx), (float) (y + i * dy));
            }
        }

        private float at(float x, float y) {
            // Clamping to the outermost centres repeats the border.
            float inX = Math.clamp(x, 0f, width - 1f);
            float inY = Math.clamp(y, 0f, height - 1f);
            int left = (int) inX;
            int top = (int) inY;
            int row = top * width;
            int below = top + 1 < height ? row + width : row;
            int right = left + 1 < width ? left + 1 : left;
            float fx = inX - left;
            float fy = inY - top;
            float upper = mix(values[row + left] & 0xFFFF, values[row + right] & 0xFFFF, fx);
            float lower = mix(values[below + left] & 0xFFFF, values[below + right] & 0xFFFF, fx);
            return (upper + fy * (lower - upper)) * (1f / GREY);
        }

        private static float mix(int a, int b, float share) {
            return a + share * (b - a);
        }
    }
}
