package dev.fovea.imaging.decode;

import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import dev.fovea.imaging.OpenCv;
import dev.fovea.inference.failure.InvalidInput;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;

/// Reads pixels in Java: TIFF (a format of offsets, which C libraries follow at their peril), GIF, and the kinds of
/// PNG and BMP that OpenCV reads wrongly. Only sees files whose headers keep the limits.
final class ImageIoReader {

    /// A quarter of the heap, so that a few large files at once do not exhaust it.
    private static final long HEAP_BUDGET_BYTES = Runtime.getRuntime().maxMemory() / 4;

    static {
        // JPEG within TIFF would otherwise pass through a temporary file.
        ImageIO.setUseCache(false);
    }

    private ImageIoReader() {}

    /// The stored pixels as 8-bit RGB, not yet oriented; the caller
    /// releases them.
    ///
    /// @throws InvalidInput `IMAGE_UNDECODABLE` or `IMAGE_TOO_MANY_PIXELS`
    static Mat read(byte[] file, ImageHeader header) {
        requireHeap(header);
        try (ByteArrayImageInputStream stream = new ByteArrayImageInputStream(file)) {
            ImageReader reader = reader(header.format());
            try {
                reader.setInput(stream, false, header.format() != ImageFormat.PNG);
                return read(reader, header, ByteBuffer.wrap(file));
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException broken) {
            // The Java readers answer broken files with any exception there is.
            throw broken instanceof InvalidInput named
                    ? named
                    : ImageHeader.undecodable(header.format() + " file is not readable: " + broken.getMessage());
        }
    }

    private static Mat read(ImageReader reader, ImageHeader header, ByteBuffer file) throws IOException {
        if (reader.getWidth(0) > header.width() || reader.getHeight(0) > header.height()) {
            throw ImageHeader.undecodable(header.format() + " file declares " + header.width() + "x" + header.height()
                    + " px and holds " + reader.getWidth(0) + "x" + reader.getHeight(0) + " px");
        }
        BufferedImage image = reader.read(0);
        if (image.getWidth() > header.width() || image.getHeight() > header.height()) {
            throw ImageHeader.undecodable(header.format() + " file declares " + header.width() + "x" + header.height()
                    + " px and gives " + image.getWidth() + "x" + image.getHeight() + " px");
        }
        OpenCv.load();
        if (header.format() == ImageFormat.GIF) {
            return onScreen(image, header, file);
        }
        Mat rgb = new Mat(image.getHeight(), image.getWidth(), CvType.CV_8UC3);
        return filled(rgb, image, 0, 0);
    }

    /// A GIF's first frame need not fill the screen; what it leaves is transparent, that is white.
    private static Mat onScreen(BufferedImage frame, ImageHeader header, ByteBuffer file) {
        Mat rgb = new Mat((int) header.height(), (int) header.width(), CvType.CV_8UC3, Scalar.all(255));
        return filled(rgb, frame, GifHeader.frameLeft(file), GifHeader.frameTop(file));
    }

    private static Mat filled(Mat rgb, BufferedImage image, int left, int top) {
        try {
            RgbRows.of(image).copyTo(rgb, left, top);
            return rgb;
        } catch (RuntimeException unfillable) {
            rgb.release();
            throw unfillable;
        }
    }

    private static ImageReader reader(ImageFormat format) throws IOException {
        // By class where it is not the JDK's own: a service lookup finds what the class path happens to hold.
        return switch (format) {
            case TIFF -> new TIFFImageReaderSpi().createReaderInstance(null);
            case BMP -> new BMPImageReaderSpi().createReaderInstance(null);
            case GIF, PNG, JPEG, WEBP ->
                ImageIO.getImageReadersByFormatName(format.name()).next();
        };
    }

    private static void requireHeap(ImageHeader header) {
        long bytes = header.width() * header.height() * header.bytesPerPixel();
        if (bytes > HEAP_BUDGET_BYTES) {
            throw new InvalidInput(
                    "IMAGE_TOO_MANY_PIXELS",
                    header.format() + " file of " + header.width() + "x" + header.height() + " px needs " + bytes
                            + " bytes of Java heap, above " + HEAP_BUDGET_BYTES + " (a quarter of it)",
                    bytes + " bytes",
                    HEAP_BUDGET_BYTES + " bytes");
        }
    }
}
