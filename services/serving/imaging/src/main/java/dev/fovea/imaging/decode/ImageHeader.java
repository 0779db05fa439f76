package dev.fovea.imaging.decode;

import dev.fovea.inference.failure.InvalidInput;
import java.nio.ByteBuffer;

/// What a file says about itself before any pixel is read.
///
/// @param format by signature
/// @param width stored columns, before orientation; unsigned 32-bit
/// @param height stored rows, before orientation; unsigned 32-bit
/// @param orientation EXIF orientation, 1 to 8
/// @param transparent whether pixels may be transparent
/// @param bytesPerPixel what a reader holds of each pixel before conversion to RGB, bytes
/// @param reader who can read the pixels safely
record ImageHeader(
        ImageFormat format,
        long width,
        long height,
        int orientation,
        boolean transparent,
        int bytesPerPixel,
        Reader reader) {

    /// Whose code reads the pixels.
    enum Reader {
        /// OpenCV's native codecs, the fast ones.
        OPENCV,
        /// The JDK's and TwelveMonkeys' codecs, in Java.
        IMAGE_IO
    }

    /// Reads the header of the remaining bytes; absolute access, the position stays.
    ///
    /// @throws InvalidInput `IMAGE_FORMAT_UNSUPPORTED` or `IMAGE_UNDECODABLE`
    static ImageHeader read(ByteBuffer bytes) {
        ImageFormat format = ImageFormat.sniff(bytes);
        ByteBuffer file = bytes.slice();
        try {
            return switch (format) {
                case JPEG -> JpegHeader.read(file);
                case PNG -> PngFile.readHeader(file);
                case WEBP -> WebpHeader.read(file);
                case TIFF -> TiffHeader.read(file);
                case BMP -> BmpHeader.read(file);
                case GIF -> GifHeader.read(file);
            };
        } catch (IndexOutOfBoundsException truncated) {
            throw undecodable(format + " file of " + file.capacity() + " bytes ends within its header");
        }
    }

    static InvalidInput undecodable(String why) {
        return new InvalidInput("IMAGE_UNDECODABLE", why);
    }

    /// @throws InvalidInput `IMAGE_UNDECODABLE`, `IMAGE_SIDE_TOO_LONG` or `IMAGE_TOO_MANY_PIXELS`
    void check(DecodeLimits limits) {
        String size = width + "x" + height + " px";
        if (width < 1 || height < 1) {
            throw undecodable(format + " file declares an image of " + size);
        }
        if (Math.max(width, height) > limits.maxSidePx()) {
            throw new InvalidInput(
                    "IMAGE_SIDE_TOO_LONG",
                    "image of " + size + " has a side above " + limits.maxSidePx() + " px",
                    Math.max(width, height) + " px",
                    limits.maxSidePx() + " px");
        }
        if (width * height > limits.maxPixels()) {
            throw new InvalidInput(
                    "IMAGE_TOO_MANY_PIXELS",
                    "image of " + size + " has " + width * height + " pixels, above " + limits.maxPixels(),
                    width * height + " pixels",
                    limits.maxPixels() + " pixels");
        }
    }
}
