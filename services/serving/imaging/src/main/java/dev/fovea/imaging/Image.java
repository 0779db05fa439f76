package dev.fovea.imaging;

import java.nio.ByteBuffer;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/// A decoded raster in native memory.
///
/// **Shape:** (height, width, 3) uint8, channels R, G, B, rows without padding.
///
/// **Threads:** any number may read it at once; nothing may read it during or after [#close()].
///
/// **Who closes it:** whoever got it from `decode` or a factory method, in a try-with-resources. Closing twice is
/// harmless.
public final class Image implements AutoCloseable {

    private static final int CHANNELS = 3;

    private final Mat rgb;
    private final int width;
    private final int height;

    private Image(Mat rgb) {
        this.rgb = rgb;
        this.width = rgb.cols();
        this.height = rgb.rows();
    }

    /// Takes `rgb` over: closing the image releases it. Loads nothing; whoever made the Mat has loaded OpenCV.
    ///
    /// @throws IllegalArgumentException if it is empty, not 8-bit with three channels, or its rows are padded
    public static Image owning(Mat rgb) {
        if (rgb.empty() || rgb.type() != CvType.CV_8UC3 || !rgb.isContinuous()) {
            throw new IllegalArgumentException("not a continuous 8-bit RGB image: " + rgb);
        }
        return new Image(rgb);
    }

    /// Copies `width * height * 3` bytes, rows of R, G, B.
    ///
    /// @throws IllegalArgumentException if the array's length is another
    public static Image fromRgb(int width, int height, byte[] rgb) {
        if (width < 1 || height < 1 || rgb.length != (long) width * height * CHANNELS) {
            throw new IllegalArgumentException(
                    rgb.length + " bytes are not an RGB image of " + width + "x" + height + " px");
        }
        OpenCv.load();
        Mat mat = new Mat(height, width, CvType.CV_8UC3);
        mat.put(0, 0, rgb);
        return new Image(mat);
    }

    /// Copies the remaining `width * height * 3` bytes, rows of R, G, B; the buffer's position stays.
    ///
    /// @throws IllegalArgumentException if another number of bytes remains
    public static Image fromRgb(int width, int height, ByteBuffer rgb) {
        byte[] copy = new byte[rgb.remaining()];
        rgb.get(rgb.position(), copy);
        return fromRgb(width, height, copy);
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /// The bytes this image holds in native memory.
    public long sizeBytes() {
        return (long) width * height * CHANNELS;
    }

    /// Copies all pixels, rows of R, G, B.
    public byte[] toRgb() {
        byte[] bytes = new byte[Math.toIntExact(sizeBytes())];
        rgb.get(0, 0, bytes);
        return bytes;
    }

    /// The native raster, lent: valid until this image is closed, not to be released, and to be written only by the
    /// image's owner (for drawing).
    public Mat mat() {
        return rgb;
    }

    /// @param quality 1 to 100
    public byte[] encodeJpeg(int quality) {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("JPEG quality " + quality + " is outside 1 to 100");
        }
        MatOfInt parameters = new MatOfInt(Imgcodecs.IMWRITE_JPEG_QUALITY, quality);
        try {
            return encode(".jpg", parameters);
        } finally {
            parameters.release();
        }
    }

    public byte[] encodePng() {
        MatOfInt parameters = new MatOfInt();
        try {
            return encode(".png", parameters);
        } finally {
            parameters.release();
        }
    }

    private byte[] encode(String extension, MatOfInt parameters) {
        Mat bgr = new Mat();
        MatOfByte file = new MatOfByte();
        try {
            Imgproc.cvtColor(rgb, bgr, Imgproc.COLOR_RGB2BGR);
            Imgcodecs.imencode(extension, bgr, file, parameters);
            return file.toArray();
        } finally {
            bgr.release();
            file.release();
        }
    }

    @Override
    public void close() {
        rgb.release();
    }

    @Override
    public String toString() {
        return "image of " + width + "x" + height + " px";
    }
}
