package dev.fovea.retrieval.rerank;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.patch.Keypoint;
import dev.fovea.imaging.patch.KeypointDetector;
import java.util.List;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/// How keypoints are found: on a working image that is neither tiny nor huge, so that photographs of any size
/// have them, at a bounded cost. Stateless: any thread.
///
/// @param leastSide longer side of the working image, pixels; smaller images are enlarged to it
/// @param contrastThreshold weaker extrema are dropped; 0 to 1
public record KeypointSearch(int leastSide, double contrastThreshold) {

    /// Measured, see RERANKING.md.
    public static final KeypointSearch DEFAULT = new KeypointSearch(480, 0.01);

    /// What SIFT's detection is reduced to in any case.
    private static final double MAX_PIXELS = 1_000_000;

    /// @throws IllegalArgumentException if a value is out of range
    public KeypointSearch {
        if (leastSide < 1 || leastSide > 1000) {
            throw new IllegalArgumentException(
                    "least side of the working image is " + leastSide + " px, outside 1 to 1000 px");
        }
        if (!(contrastThreshold >= 0 && contrastThreshold <= 1)) {
            throw new IllegalArgumentException("contrast threshold " + contrastThreshold + " is outside 0 to 1");
        }
    }

    /// The caller closes the answer.
    public WorkingImage search(Image image, int keypoints) {
        Image working = resized(image);
        try {
            List<Keypoint> found = new KeypointDetector.Sift(keypoints, contrastThreshold).detect(working);
            return new WorkingImage(working, new ImageSize(image.width(), image.height()), found);
        } catch (RuntimeException | Error failed) {
            working.close();
            throw failed;
        }
    }

    private Image resized(Image image) {
        double enlargement = Math.max(1, (double) leastSide / Math.max(image.width(), image.height()));
        double reduction = Math.min(1, Math.sqrt(MAX_PIXELS / ((double) image.width() * image.height())));
        double factor = enlargement * reduction;
        Size size = new Size(
                Math.max(1, Math.round(image.width() * factor)), Math.max(1, Math.round(image.height() * factor)));
        Mat working = new Mat();
        try {
            Imgproc.resize(image.mat(), working, size, 0, 0, factor > 1 ? Imgproc.INTER_CUBIC : Imgproc.INTER_AREA);
            return Image.owning(working);
        } catch (RuntimeException | Error failed) {
            working.release();
            throw failed;
        }
    }

    /// The image that patches are cut from. Owned by one thread, which closes it.
    ///
    /// @param full size of the image it was made from
    /// @param keypoints in the working image's pixels, strongest first
    public record WorkingImage(Image image, ImageSize full, List<Keypoint> keypoints) implements AutoCloseable {

        /// Of 1 to 9.
        private static final int FAST = 1;

        /// The keypoints in the full image's pixels; the corner of both images is (-0.5, -0.5).
        public List<Keypoint> located() {
            double scaleX = (double) full.widthPx() / image.width();
            double scaleY = (double) full.heightPx() / image.height();
            return keypoints.stream()
                    .map(keypoint -> new Keypoint(
                            (float) ((keypoint.x() + 0.5) * scaleX - 0.5),
                            (float) ((keypoint.y() + 0.5) * scaleY - 0.5),
                            (float) (keypoint.size() * Math.sqrt(scaleX * scaleY)),
                            keypoint.angleDegrees(),
                            keypoint.response()))
                    .toList();
        }

        /// The pixels that patches show, without loss.
        public byte[] greyPng() {
            Mat grey = new Mat();
            MatOfByte file = new MatOfByte();
            MatOfInt parameters = new MatOfInt(Imgcodecs.IMWRITE_PNG_COMPRESSION, FAST);
            try {
                Imgproc.cvtColor(image.mat(), grey, Imgproc.COLOR_RGB2GRAY);
                Imgcodecs.imencode(".png", grey, file, parameters);
                return file.toArray();
            } finally {
                grey.release();
                file.release();
                parameters.release();
            }
        }

        @Override
        public void close() {
            image.close();
        }
    }
}
