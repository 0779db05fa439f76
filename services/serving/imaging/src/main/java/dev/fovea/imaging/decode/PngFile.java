package dev.fovea.imaging.decode;

import dev.fovea.imaging.decode.ImageHeader.Reader;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/// Walks a PNG's chunks: its header, and the same file without everything but the still image.
///
/// What is not needed for the pixels (compressed text, colour profiles, animation) never reaches a native decoder.
///
/// Source: PNG specification, third edition, sections 5 and 11.
final class PngFile {

    private static final int SIGNATURE_BYTES = 8;
    private static final int CHUNK_OVERHEAD = 12;
    private static final int IHDR = 0x49484452;
    private static final int PLTE = 0x504C5445;
    private static final int TRNS = 0x74524E53;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454E44;
    private static final int EXIF = 0x65584966;
    private static final int PALETTE = 3;
    private static final int ALPHA_BIT = 4;

    private PngFile() {}

    static ImageHeader readHeader(ByteBuffer file) {
        if (file.getInt(SIGNATURE_BYTES + 4) != IHDR || file.getInt(SIGNATURE_BYTES) != 13) {
            throw ImageHeader.undecodable("PNG file does not start with its header chunk");
        }
        int data = SIGNATURE_BYTES + 8;
        int colourType = file.get(data + 9);
        Chunks chunks = new Chunks(file);
        boolean transparentColour = false;
        int orientation = 1;
        for (int at = chunks.first(); chunks.type(at) != IEND; at = chunks.next(at)) {
            transparentColour |= chunks.type(at) == TRNS;
            if (chunks.type(at) == EXIF) {
                orientation = TiffDirectory.orientation(file.slice(at + 8, chunks.length(at)));
            }
        }
        boolean alpha = (colourType & ALPHA_BIT) != 0;
        // OpenCV reads transparency from an alpha channel or a palette, but not a single transparent colour.
        boolean javaOnly = transparentColour && !alpha && colourType != PALETTE;
        return new ImageHeader(
                ImageFormat.PNG,
                Integer.toUnsignedLong(file.getInt(data)),
                Integer.toUnsignedLong(file.getInt(data + 4)),
                orientation,
                alpha || transparentColour,
                8,
                javaOnly ? Reader.IMAGE_IO : Reader.OPENCV);
    }

    /// A copy with the chunks that make the still image, their checksums verified.
    ///
    /// @throws dev.fovea.inference.failure.InvalidInput `IMAGE_UNDECODABLE` if a checksum is wrong
    static byte[] stillImage(ByteBuffer file) {
        Chunks chunks = new Chunks(file);
        ByteBuffer still = ByteBuffer.allocate(file.capacity());
        still.put(file.slice(0, SIGNATURE_BYTES));
        int at = chunks.first();
        while (true) {
            if (isPixels(chunks.type(at))) {
                chunks.verify(at);
                still.put(file.slice(at, CHUNK_OVERHEAD + chunks.length(at)));
            }
            if (chunks.type(at) == IEND) {
                byte[] bytes = new byte[still.position()];
                still.get(0, bytes);
                return bytes;
            }
            at = chunks.next(at);
        }
    }

    private static boolean isPixels(int type) {
        return type == IHDR || type == PLTE || type == TRNS || type == IDAT || type == IEND;
    }

    /// Positions of chunks; every access is checked against the end of the file.
    private record Chunks(ByteBuffer file) {

        int first() {
            return SIGNATURE_BYTES;
        }

        int type(int at) {
            if (at > file.capacity() - CHUNK_OVERHEAD) {
                throw ImageHeader.undecodable(
                        "PNG file of " + file.capacity() + " bytes is cut off: it has no end chunk");
            }
            return file.getInt(at + 4);
        }

        int length(int at) {
            int length = file.getInt(at);
            if (length < 0 || length > file.capacity() - at - CHUNK_OVERHEAD) {
                throw ImageHeader.undecodable("PNG file of " + file.capacity() + " bytes is cut off within a chunk of "
                        + Integer.toUnsignedLong(length) + " bytes");
            }
            return length;
        }

        int next(int at) {
            return at + CHUNK_OVERHEAD + length(at);
        }

        void verify(int at) {
            CRC32 checksum = new CRC32();
            checksum.update(file.slice(at + 4, 4 + length(at)));
            if ((int) checksum.getValue() != file.getInt(at + 8 + length(at))) {
                throw ImageHeader.undecodable("PNG file has a wrong checksum in the chunk at byte " + at);
            }
        }
    }
}
