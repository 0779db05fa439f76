package dev.fovea.retrieval.rerank;

import dev.fovea.imaging.Image;
import java.nio.ByteBuffer;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/// Small copies of images.
public final class Thumbnail {

    private static final int QUALITY = 85;

    private Thumbnail() {}

    /// JPEG of the whole image, reduced to a longer side of `side`; a smaller image keeps its size. Computes,
    /// and so is called with a CPU permit held.
    ///
    /// @param side pixels, at least 1
    public static ByteBuffer of(Image image, int side) {
        double factor = Math.min(1, (double) side / Math.max(image.width(), image.height()));
        Size size = new Size(
                Math.max(1, Math.round(factor * image.width())), Math.max(1, Math.round(factor * image.height())));
        Mat reduced = new Mat();
        try {
            Imgproc.resize(image.mat(), reduced, size, 0, 0, Imgproc.INTER_AREA);
            return ByteBuffer.wrap(Image.owning(reduced).encodeJpeg(QUALITY)).asReadOnlyBuffer();
        } finally {
            reduced.release();
        }
    }
}
