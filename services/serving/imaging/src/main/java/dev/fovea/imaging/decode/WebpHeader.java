package dev.fovea.imaging.decode;

import dev.fovea.imaging.decode.ImageHeader.Reader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Reads a WebP container: canvas, transparency, EXIF.
///
/// Source: RFC 9649, sections 2 to 3.4; RFC 6386 section 9.1 for the VP8 frame header.
final class WebpHeader {

    private static final int FIRST_CHUNK = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int VP8 = 0x20385056;
    private static final int VP8L = 0x4C385056;
    private static final int VP8X = 0x58385056;
    private static final int EXIF = 0x46495845;
    private static final int EXIF_MAGIC = 0x66697845;
    private static final int ALPHA_FLAG = 0x10;
    private static final int VP8L_SIGNATURE = 0x2F;
    private static final int SIDE_14_BITS = 0x3FFF;

    private WebpHeader() {}

    static ImageHeader read(ByteBuffer bytes) {
        ByteBuffer file = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int data = FIRST_CHUNK + CHUNK_HEADER;
        return switch (file.getInt(FIRST_CHUNK)) {
            case VP8 ->
                header(file.getShort(data + 6) & SIDE_14_BITS, file.getShort(data + 8) & SIDE_14_BITS, 1, false);
            case VP8L -> lossless(file, data);
            case VP8X ->
                header(
                        1 + unsigned24(file, data + 4),
                        1 + unsigned24(file, data + 7),
                        orientation(file),
                        (file.get(data) & ALPHA_FLAG) != 0);
            default -> throw ImageHeader.undecodable("WebP file does not start with an image");
        };
    }

    private static ImageHeader lossless(ByteBuffer file, int data) {
        if (file.get(data) != VP8L_SIGNATURE) {
            throw ImageHeader.undecodable("WebP file has a broken lossless header");
        }
        int bits = file.getInt(data + 1);
        boolean alpha = (bits >>> 28 & 1) != 0;
        return header(1 + (bits & SIDE_14_BITS), 1 + (bits >>> 14 & SIDE_14_BITS), 1, alpha);
    }

    private static int orientation(ByteBuffer file) {
        long at = FIRST_CHUNK;
        while (at <= file.capacity() - CHUNK_HEADER) {
            long length = Integer.toUnsignedLong(file.getInt((int) at + 4));
            if (file.getInt((int) at) == EXIF && at + CHUNK_HEADER + length <= file.capacity()) {
                return exif(file.slice((int) at + CHUNK_HEADER, (int) length).order(ByteOrder.LITTLE_ENDIAN));
            }
            // Chunks are padded to even lengths.
            at += CHUNK_HEADER + length + (length & 1);
        }
        return 1;
    }

    /// Some writers keep the marker that the block has in a JPEG.
    private static int exif(ByteBuffer block) {
        if (block.capacity() < CHUNK_HEADER) {
            return 1;
        }
        int skip = block.getInt(0) == EXIF_MAGIC ? 6 : 0;
        return TiffDirectory.orientation(block.slice(skip, block.capacity() - skip));
    }

    private static int unsigned24(ByteBuffer file, int at) {
        return Short.toUnsignedInt(file.getShort(at)) | Byte.toUnsignedInt(file.get(at + 2)) << 16;
    }

    private static ImageHeader header(int width, int height, int orientation, boolean transparent) {
        return new ImageHeader(ImageFormat.WEBP, width, height, orientation, transparent, 4, Reader.OPENCV);
    }
}
