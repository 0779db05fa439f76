package dev.fovea.imaging.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fovea.inference.failure.InvalidInput;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Files that show the limits one size and a decoder another.
class HiddenSizeTest {

    @Test
    void refusesAJpegWhoseSecondFrameHeaderHidesTheFirst() throws IOException {
        byte[] jpeg = EncodedFiles.encode(new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB), "jpeg");
        byte[] secondFrame = ByteBuffer.allocate(13)
                .putShort((short) 0xFFC0)
                .putShort((short) 11)
                .put((byte) 8)
                .putShort((short) 10)
                .putShort((short) 10)
                .put(new byte[] {1, 1, 0x11, 0})
                .array();
        byte[] file = EncodedFiles.insert(jpeg, jpeg.length - 2, secondFrame);

        assertRefused(file, "second frame header");
    }

    @Test
    void refusesABmpThatEmbedsAPng() throws IOException {
        byte[] png = EncodedFiles.encode(new BufferedImage(900, 900, BufferedImage.TYPE_INT_RGB), "png");
        byte[] file = ByteBuffer.allocate(54 + png.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("BM".getBytes(StandardCharsets.US_ASCII))
                .putInt(54 + png.length)
                .putInt(0)
                .putInt(54)
                .putInt(40)
                .putInt(10)
                .putInt(10)
                .putShort((short) 1)
                .putShort((short) 0)
                .putInt(5)
                .putInt(png.length)
                .put(new byte[16])
                .put(png)
                .array();

        assertRefused(file, "BMP compression 5");
    }

    @Test
    void refusesATiffTileSizeOfAnUnusualType() {
        byte[] file = ByteBuffer.allocate(8 + 2 + 3 * 12 + 4)
                .put("MM\0*".getBytes(StandardCharsets.US_ASCII))
                .putInt(8)
                .putShort((short) 3)
                .put(entry(256, 4, 10))
                .put(entry(257, 4, 10))
                .put(entry(322, 9, 1_000_000))
                .array();

        assertRefused(file, "TIFF tag 322 is of type 9");
    }

    private static byte[] entry(int tag, int type, int value) {
        return ByteBuffer.allocate(12)
                .putShort((short) tag)
                .putShort((short) type)
                .putInt(1)
                .putInt(value)
                .array();
    }

    private static void assertRefused(byte[] file, String reason) {
        try (ImageDecoder decoder = new ImageDecoder(DecodeLimits.defaults())) {
            assertThatExceptionOfType(InvalidInput.class)
                    .isThrownBy(() -> decoder.decode(ByteBuffer.wrap(file)).close())
                    .satisfies(refused -> assertThat(refused.code()).isEqualTo("IMAGE_UNDECODABLE"))
                    .withMessageContaining(reason);
        }
    }
}
