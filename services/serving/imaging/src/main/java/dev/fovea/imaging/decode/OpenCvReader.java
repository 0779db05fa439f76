package dev.fovea.imaging.decode;

import dev.fovea.imaging.OpenCv;
import java.nio.ByteBuffer;
import org.opencv.core.Core;
import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/// Reads pixels with OpenCV's native codecs. Only sees files whose headers keep the limits.
final class OpenCvReader {

    private static final double FROM_16_BITS = 255.0 / 65535.0;

    private OpenCvReader() {}

    /// The stored pixels as 8-bit RGB, not yet oriented; the caller
    /// releases them.
    ///
    /// @throws dev.fovea.inference.failure.InvalidInput `IMAGE_UNDECODABLE`
    static Mat read(byte[] file, ImageHeader header) {
        OpenCv.load();
        // Unchanged keeps the alpha channel (and the file's channel order, B, G, R); otherwise OpenCV itself makes
        // 8-bit RGB of grey, palette and 16-bit files.
        int flags = header.transparent()
                ? Imgcodecs.IMREAD_UNCHANGED
                : Imgcodecs.IMREAD_COLOR_RGB | Imgcodecs.IMREAD_IGNORE_ORIENTATION;
        Mat encoded = encoded(file, header.format());
        try {
            Mat pixels = Imgcodecs.imdecode(encoded, flags);
            if (pixels.empty()) {
                throw ImageHeader.undecodable(header.format() + " file of " + file.length + " bytes is broken");
            }
            if (pixels.cols() != header.width() || pixels.rows() != header.height()) {
                String found = pixels.cols() + "x" + pixels.rows();
                pixels.release();
                throw ImageHeader.undecodable(header.format() + " file declares " + header.width() + "x"
                        + header.height() + " px and holds " + found + " px");
            }
            return header.transparent() ? flatten(pixels) : pixels;
        } catch (CvException refused) {
            throw ImageHeader.undecodable(header.format() + " file is not readable: " + refused.getMessage());
        } finally {
            encoded.release();
        }
    }

    private static Mat encoded(byte[] file, ImageFormat format) {
        byte[] bytes = format == ImageFormat.PNG ? PngFile.stillImage(ByteBuffer.wrap(file)) : file;
        Mat encoded = new Mat(1, bytes.length, CvType.CV_8UC1);
        encoded.put(0, 0, bytes);
        return encoded;
    }

    private static Mat flatten(Mat pixels) {
        if (pixels.depth() == CvType.CV_16U) {
            pixels.convertTo(pixels, CvType.CV_8U, FROM_16_BITS);
        }
        switch (pixels.channels()) {
            case 1 -> Imgproc.cvtColor(pixels, pixels, Imgproc.COLOR_GRAY2RGB);
            case 3 -> Imgproc.cvtColor(pixels, pixels, Imgproc.COLOR_BGR2RGB);
            case 4 -> overWhite(pixels);
            default -> throw new IllegalStateException(pixels.channels() + " channels");
        }
        return pixels;
    }

    /// B, G, R, A in place to R, G, B: `white - (white - colour) * alpha`.
    private static void overWhite(Mat bgra) {
        Mat alpha = new Mat();
        Mat alphas = new Mat();
        try {
            Core.extractChannel(bgra, alpha, 3);
            Imgproc.cvtColor(bgra, bgra, Imgproc.COLOR_BGRA2RGB);
            Imgproc.cvtColor(alpha, alphas, Imgproc.COLOR_GRAY2RGB);
            Core.bitwise_not(bgra, bgra);
            Core.multiply(bgra, alphas, bgra, 1 / 255.0);
            Core.bitwise_not(bgra, bgra);
        } finally {
            alpha.release();
            alphas.release();
        }
    }
}
