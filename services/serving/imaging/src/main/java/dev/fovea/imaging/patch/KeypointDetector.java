package dev.fovea.imaging.patch;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.OpenCv;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.opencv.core.KeyPoint;
import org.opencv.core.Mat;
import org.opencv.core.MatOfKeyPoint;
import org.opencv.core.Size;
import org.opencv.features2d.SIFT;
import org.opencv.imgproc.Imgproc;

/// Finds keypoints. Stateless: any thread.
public sealed interface KeypointDetector {

    /// The keypoints of `image`, strongest first; the order depends on nothing but the pixels.
    List<Keypoint> detect(Image image);

    /// Extrema of differences of Gaussians with their dominant orientations, as OpenCV's SIFT finds them.
    ///
    /// An image of more than one million pixels is reduced to that for detection, because the pyramid of
    /// differences takes about 250 bytes a pixel; its keypoints are given in the full image's pixels.
    ///
    /// Source: Lowe 2004, "Distinctive Image Features from Scale-Invariant Keypoints"; OpenCV's other
    /// parameters are at their defaults (3 layers an octave, edge threshold 10, sigma 1.6).
    ///
    /// @param maxKeypoints the strongest are kept, at least 1
    /// @param contrastThreshold weaker extrema are dropped; 0 to 1, OpenCV's default is 0.04
    record Sift(int maxKeypoints, double contrastThreshold) implements KeypointDetector {

        /// 1,155 x 866 px at 4:3, a quarter of a gigabyte while detecting.
        static final long MAX_PIXELS = 1_000_000;

        private static final int LAYERS_PER_OCTAVE = 3;
        private static final double EDGE_THRESHOLD = 10;
        private static final double SIGMA = 1.6;

        /// OpenCV keeps every keypoint as strong as the last one kept and sorts by an unstable rule, so that the
        /// count and the order are settled here.
        private static final Comparator<Keypoint> STRONGEST_FIRST = Comparator.comparing(Keypoint::response)
                .reversed()
                .thenComparing(Keypoint::y)
                .thenComparing(Keypoint::x)
                .thenComparing(Keypoint::size)
                .thenComparing(Keypoint::angleDegrees);

        /// @throws IllegalArgumentException if a parameter is out of range
        public Sift {
            if (maxKeypoints < 1) {
                throw new IllegalArgumentException("maximum of " + maxKeypoints + " keypoints is below 1");
            }
            if (!(contrastThreshold >= 0 && contrastThreshold <= 1)) {
                throw new IllegalArgumentException("contrast threshold " + contrastThreshold + " is outside 0 to 1");
            }
        }

        @Override
        public List<Keypoint> detect(Image image) {
            OpenCv.load();
            SIFT sift = SIFT.create(maxKeypoints, LAYERS_PER_OCTAVE, contrastThreshold, EDGE_THRESHOLD, SIGMA);
            double reduction = Math.max(1, Math.sqrt((double) image.width() * image.height() / MAX_PIXELS));
            Mat grey = new Mat();
            Mat everywhere = new Mat();
            MatOfKeyPoint found = new MatOfKeyPoint();
            try {
                Imgproc.cvtColor(image.mat(), grey, Imgproc.COLOR_RGB2GRAY);
                if (reduction > 1) {
                    Imgproc.resize(grey, grey, new Size(), 1 / reduction, 1 / reduction, Imgproc.INTER_AREA);
                }
                double scaleX = (double) image.width() / grey.cols();
                double scaleY = (double) image.height() / grey.rows();
                sift.detect(grey, found, everywhere);
                return found.toList().stream()
                        .map(keypoint -> keypoint(keypoint, scaleX, scaleY))
                        .sorted(STRONGEST_FIRST)
                        .limit(maxKeypoints)
                        .toList();
            } finally {
                grey.release();
                everywhere.release();
                found.release();
                sift.clear();
            }
        }

        /// Pixel centres lie at integer coordinates, so the corner of both images is (-0.5, -0.5).
        private static Keypoint keypoint(KeyPoint found, double scaleX, double scaleY) {
            return new Keypoint(
                    (float) ((found.pt.x + 0.5) * scaleX - 0.5),
                    (float) ((found.pt.y + 0.5) * scaleY - 0.5),
                    (float) (found.size * Math.sqrt(scaleX * scaleY)),
                    found.angle,
                    found.response);
        }
    }

    /// Upright keypoints on a regular grid, once per size: row by row for the first size, then for the next. All
    /// have response 1.
    ///
    /// The grid is centred in the image, so that both margins are the same.
    ///
    /// @param step distance of neighbours, pixels, at least 1
    /// @param sizes diameters, pixels, positive, at least one
    record DenseGrid(int step, List<Float> sizes) implements KeypointDetector {

        /// @throws IllegalArgumentException if a parameter is out of range
        public DenseGrid {
            sizes = List.copyOf(sizes);
            if (step < 1) {
                throw new IllegalArgumentException("grid step " + step + " px is below 1");
            }
            if (sizes.isEmpty() || sizes.stream().anyMatch(size -> !(size > 0) || size.isInfinite())) {
                throw new IllegalArgumentException("grid sizes " + sizes + " are not one or more positive diameters");
            }
        }

        @Override
        public List<Keypoint> detect(Image image) {
            int left = (image.width() - 1) % step / 2;
            int top = (image.height() - 1) % step / 2;
            List<Keypoint> keypoints = new ArrayList<>();
            for (float size : sizes) {
                for (int y = top; y < image.height(); y += step) {
                    for (int x = left; x < image.width(); x += step) {
                        keypoints.add(new Keypoint(x, y, size, 0, 1));
                    }
                }
            }
            return List.copyOf(keypoints);
        }
    }
}
