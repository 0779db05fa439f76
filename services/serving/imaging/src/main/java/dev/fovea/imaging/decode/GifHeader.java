package dev.fovea.imaging.decode;

import dev.fovea.imaging.decode.ImageHeader.Reader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Reads a GIF's logical screen and the place of its first frame.
///
/// Source: GIF89a specification, sections 18 and 20.
final class GifHeader {

    private static final int FIRST_BLOCK = 13;
    private static final int COLOUR_TABLE_FLAG = 0x80;
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2C;

    private GifHeader() {}

    static ImageHeader read(ByteBuffer bytes) {
        ByteBuffer file = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int frame = firstFrame(file);
        // A frame may stick out of the screen: the reader allocates the frame.
        int width = Math.max(unsigned(file, 6), unsigned(file, frame + 1) + unsigned(file, frame + 5));
        int height = Math.max(unsigned(file, 8), unsigned(file, frame + 3) + unsigned(file, frame + 7));
        return new ImageHeader(ImageFormat.GIF, width, height, 1, true, 1, Reader.IMAGE_IO);
    }

    /// Column of the first frame on the screen.
    static int frameLeft(ByteBuffer bytes) {
        ByteBuffer file = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        return unsigned(file, firstFrame(file) + 1);
    }

    /// Row of the first frame on the screen.
    static int frameTop(ByteBuffer bytes) {
        ByteBuffer file = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        return unsigned(file, firstFrame(file) + 3);
    }

    private static int firstFrame(ByteBuffer file) {
        int flags = file.get(10);
        int at = FIRST_BLOCK + ((flags & COLOUR_TABLE_FLAG) != 0 ? 3 << ((flags & 7) + 1) : 0);
        while (file.get(at) == EXTENSION) {
            at += 2;
            for (int block = Byte.toUnsignedInt(file.get(at)); block != 0; block = Byte.toUnsignedInt(file.get(at))) {
                at += 1 + block;
            }
            at++;
        }
        if (file.get(at) != IMAGE) {
            throw ImageHeader.undecodable("GIF file holds no image");
        }
        return at;
    }

    private static int unsigned(ByteBuffer file, int at) {
        return Short.toUnsignedInt(file.getShort(at));
    }
}
