package dev.fovea.imaging.decode;

import dev.fovea.imaging.decode.ImageHeader.Reader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/// Reads a Windows or OS/2 bitmap's header.
///
/// Source: Microsoft, "Bitmap Header Types" (BITMAPCOREHEADER to BITMAPV5HEADER).
final class BmpHeader {

    private static final int FILE_HEADER = 14;
    private static final int PIXELS_AT = 10;
    private static final int CORE_HEADER = 12;
    private static final int HEADER_WITH_ALPHA_MASK = 56;
    private static final int ALPHA_MASK = FILE_HEADER + 52;
    private static final int BITFIELDS = 3;

    /// None, run lengths of 8 and 4 bits, colour masks without and with alpha.
    private static final Set<Integer> PLAIN_COMPRESSIONS = Set.of(0, 1, 2, BITFIELDS, 6);

    private static final int TRUE_COLOUR_BITS = 24;

    private BmpHeader() {}

    static ImageHeader read(ByteBuffer bytes) {
        ByteBuffer file = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int headerSize = file.getInt(FILE_HEADER);
        if (headerSize == CORE_HEADER) {
            return header(
                    Short.toUnsignedInt(file.getShort(FILE_HEADER + 4)),
                    Short.toUnsignedInt(file.getShort(FILE_HEADER + 6)),
                    false,
                    Reader.IMAGE_IO);
        }
        // Rows run downwards where the height is negative.
        long height = Math.abs((long) file.getInt(FILE_HEADER + 8));
        int bits = file.getShort(FILE_HEADER + 14);
        int compression = file.getInt(FILE_HEADER + 16);
        requirePlainPixels(compression);
        boolean alpha = bits == 32
                && compression == BITFIELDS
                && headerSize >= HEADER_WITH_ALPHA_MASK
                && file.getInt(ALPHA_MASK) != 0;
        // OpenCV misreads colour masks and some run lengths.
        Reader reader = compression == 0 && bits == TRUE_COLOUR_BITS ? Reader.OPENCV : Reader.IMAGE_IO;
        if (reader == Reader.OPENCV) {
            requirePixels(file, height);
        }
        return header(file.getInt(FILE_HEADER + 4), height, alpha, reader);
    }

    /// A BMP may embed a whole JPEG or PNG file, whose own size no limit would have seen.
    private static void requirePlainPixels(int compression) {
        if (!PLAIN_COMPRESSIONS.contains(compression)) {
            throw ImageHeader.undecodable("BMP compression " + compression + " is not one of " + PLAIN_COMPRESSIONS);
        }
    }

    /// Rows are padded to multiples of four bytes.
    private static void requirePixels(ByteBuffer file, long height) {
        long row = Math.ceilDiv(file.getInt(FILE_HEADER + 4) * 3L, 4L) * 4;
        long end = Integer.toUnsignedLong(file.getInt(PIXELS_AT)) + row * height;
        if (file.capacity() < end) {
            throw ImageHeader.undecodable(
                    "BMP file of " + file.capacity() + " bytes is cut off: its pixels end at byte " + end);
        }
    }

    private static ImageHeader header(long width, long height, boolean alpha, Reader reader) {
        return new ImageHeader(ImageFormat.BMP, width, height, 1, alpha, 4, reader);
    }
}
