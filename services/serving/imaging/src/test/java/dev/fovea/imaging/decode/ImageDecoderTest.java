package dev.fovea.imaging.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.Image;
import dev.fovea.inference.failure.InvalidInput;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {

    private static final int RED = 0xC81E32;

    private static ImageDecoder decoder;

    @BeforeAll
    static void open() {
        decoder = new ImageDecoder(new DecodeLimits(1 << 20, 1_000_000, 2000, Duration.ofMinutes(1)));
    }

    @AfterAll
    static void close() {
        decoder.close();
    }

    @Nested
    class Limits {

        @Test
        void refusesNoBytes() {
            assertRefused(new byte[0], "IMAGE_EMPTY");
        }

        @Test
        void refusesMoreBytesThanTheLimitQuotingBoth() {
            assertThat(assertRefused(new byte[(1 << 20) + 1], "IMAGE_TOO_LARGE"))
                    .hasMessage("encoded image of 1048577 bytes is above 1048576 bytes");
        }

        @Test
        void refusesALongSideFromTheHeaderAlone() {
            InvalidInput refused = assertRefused(EncodedFiles.png(100_000, 100_000, 8, 2, 0), "IMAGE_SIDE_TOO_LONG");
            assertThat(refused.value()).isEqualTo("100000 px");
            assertThat(refused.limit()).isEqualTo("2000 px");
        }

        @Test
        void refusesTooManyPixelsFromTheHeaderAlone() {
            InvalidInput refused = assertRefused(EncodedFiles.png(1500, 1500, 8, 2, 0), "IMAGE_TOO_MANY_PIXELS");
            assertThat(refused).hasMessage("image of 1500x1500 px has 2250000 pixels, above 1000000");
        }

        @Test
        void refusesSidesBeyondThirtyOneBits() {
            assertRefused(EncodedFiles.png(-1, -1, 8, 2, 0), "IMAGE_SIDE_TOO_LONG");
        }

        @Test
        void refusesNoPixels() {
            assertRefused(EncodedFiles.png(0, 5, 8, 2, 0), "IMAGE_UNDECODABLE");
        }

        @Test
        void readsASmallImageWhoseDataUnfoldsFarBeyondIt() throws Exception {
            byte[] bomb = EncodedFiles.png(4, 4, 8, 2, 300 << 20);
            assertThat(bomb.length).isLessThan(1 << 20);
            try (Image image = decode(bomb)) {
                assertThat(image.width()).isEqualTo(4);
            }
        }

        @Test
        void refusesAJpegOfCountlessScans() throws Exception {
            byte[] jpeg = EncodedFiles.encode(filled(BufferedImage.TYPE_3BYTE_BGR), "jpeg");
            byte[] scan = {(byte) 0xFF, (byte) 0xDA, 0, 8, 1, 1, 0, 0, 63, 0};
            ByteBuffer scans = ByteBuffer.allocate(scan.length * 150);
            while (scans.hasRemaining()) {
                scans.put(scan);
            }
            assertRefused(EncodedFiles.insert(jpeg, jpeg.length - 2, scans.array()), "IMAGE_TOO_MANY_SCANS");
        }
    }

    @Nested
    class Formats {

        @ParameterizedTest
        @CsvSource({"P6 1 1 255,PNM", "%PDF-1.7,PDF", "8BPS....,Photoshop", "xxxxftypavif,AVIF", "hello,no known image"
        })
        void refusesOthersByName(String start, String name) {
            InvalidInput refused = assertRefused(start.getBytes(StandardCharsets.US_ASCII), "IMAGE_FORMAT_UNSUPPORTED");
            assertThat(refused).hasMessageContaining(name).hasMessageContaining("JPEG, PNG, WebP, TIFF, BMP, GIF");
        }

        @ParameterizedTest
        @ValueSource(strings = {"png", "bmp", "gif", "tiff"})
        void readsExactColoursOfLosslessFiles(String format) throws Exception {
            byte[] file = EncodedFiles.encode(filled(BufferedImage.TYPE_3BYTE_BGR), format);
            assertPixel(file, RED, 0);
        }

        @Test
        void readsJpegWithinItsLoss() throws Exception {
            assertPixel(EncodedFiles.encode(filled(BufferedImage.TYPE_3BYTE_BGR), "jpeg"), RED, 6);
        }

        @Test
        void readsWebp() throws Exception {
            // A lossless WebP of one red pixel, written by hand after RFC 9649.
            try (Image made = Image.fromRgb(2, 1, new byte[] {10, 20, 30, 40, 50, 60});
                    Image image = decode(webp(made))) {
                assertThat(image.toRgb()).containsExactly(10, 20, 30, 40, 50, 60);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"png", "jpeg", "bmp", "tiff"})
        void readsGreyWithoutBrighteningIt(String format) throws Exception {
            BufferedImage grey = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
            Arrays.fill(((java.awt.image.DataBufferByte) grey.getRaster().getDataBuffer()).getData(), (byte) 100);
            assertPixel(EncodedFiles.encode(grey, format), 0x646464, 1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"png", "tiff"})
        void readsSixteenBits(String format) throws Exception {
            BufferedImage grey = new BufferedImage(16, 16, BufferedImage.TYPE_USHORT_GRAY);
            Arrays.fill(((java.awt.image.DataBufferUShort) grey.getRaster().getDataBuffer()).getData(), (short) 25700);
            assertPixel(EncodedFiles.encode(grey, format), 0x646464, 1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"png", "tiff"})
        void laysHalfTransparentPixelsOverWhite(String format) throws Exception {
            BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_ARGB);
            fill(image, new Color(0, 0, 255, 128));
            assertPixel(EncodedFiles.encode(image, format), 0x7F7FFF, 1);
        }

        @Test
        void showsWhiteWhereOneColourIsTransparent() throws Exception {
            byte[] opaque = EncodedFiles.encode(filled(BufferedImage.TYPE_3BYTE_BGR), "png");
            byte[] colour = {0, (byte) 0xC8, 0, 0x1E, 0, 0x32};
            byte[] file = EncodedFiles.insert(opaque, 33, EncodedFiles.chunk("tRNS", colour));
            assertPixel(file, 0xFFFFFF, 0);
        }

        @Test
        void readsPhotoshopsInvertedCmyk() throws Exception {
            WritableRaster inverted = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
            // Cyan 0, magenta and yellow full, black 0: red.
            for (int i = 0; i < 16 * 16; i++) {
                inverted.setPixel(i % 16, i / 16, new int[] {255, 0, 0, 255});
            }
            assertPixel(EncodedFiles.adobeCmyk(inverted), 0xFF0000, 4);
        }

        @Test
        void takesTheFirstFrameOfAnAnimation() throws Exception {
            byte[] first = EncodedFiles.encode(filled(BufferedImage.TYPE_3BYTE_BGR), "gif");
            // The second frame is the same block once more; a reader of the last frame would fail on its data.
            byte[] cut = Arrays.copyOf(first, first.length + 3);
            cut[first.length - 1] = 0x2C;
            assertPixel(cut, RED, 0);
        }
    }

    @Nested
    class BrokenFiles {

        @ParameterizedTest
        @ValueSource(strings = {"png", "bmp", "gif", "tiff", "jpeg"})
        void refusesEveryTruncationOrReadsAnImage(String format) throws Exception {
            byte[] whole = EncodedFiles.encode(filled(BufferedImage.TYPE_3BYTE_BGR), format);
            int refused = 0;
            for (int length = 1; length < whole.length; length += 1 + whole.length / 100) {
                try (Image image = decode(Arrays.copyOf(whole, length))) {
                    assertThat(image.width()).isEqualTo(16);
                } catch (InvalidInput named) {
                    assertThat(named.code()).startsWith("IMAGE_");
                    refused++;
                }
            }
            assertThat(refused).isPositive();
        }

        @ParameterizedTest
        @ValueSource(strings = {"png", "jpeg"})
        void refusesAFileWithoutItsEnd(String format) throws Exception {
            byte[] whole = EncodedFiles.encode(filled(BufferedImage.TYPE_3BYTE_BGR), format);
            assertThat(assertRefused(Arrays.copyOf(whole, whole.length - 2), "IMAGE_UNDECODABLE"))
                    .hasMessageContaining("cut off");
        }

        @Test
        void refusesAWrongChecksum() throws Exception {
            byte[] file = EncodedFiles.png(4, 4, 8, 2, 52);
            file[45] ^= 1;
            assertThat(assertRefused(file, "IMAGE_UNDECODABLE")).hasMessageContaining("checksum");
        }

        @Test
        void refusesATiffTileThatDwarfsTheImage() {
            byte[] tiff = ByteBuffer.allocate(8 + 2 + 3 * 12 + 4)
                    .put("MM\0*".getBytes(StandardCharsets.US_ASCII))
                    .putInt(8)
                    .putShort((short) 3)
                    .put(entry(256, 10))
                    .put(entry(257, 10))
                    .put(entry(322, 1_000_000))
                    .array();
            assertThat(assertRefused(tiff, "IMAGE_FORMAT_UNSUPPORTED"))
                    .hasMessage("TIFF file has 1000000 columns a tile, above 8192");
        }

        private byte[] entry(int tag, int value) {
            return ByteBuffer.allocate(12)
                    .putShort((short) tag)
                    .putShort((short) 4)
                    .putInt(1)
                    .putInt(value)
                    .array();
        }
    }

    @Nested
    class Orientation {

        /// Where the stored top-left quarter of a 32x16 image lies once upright: left or right, top or bottom.
        @ParameterizedTest
        @CsvSource({
            "1,left,top", "2,right,top", "3,right,bottom", "4,left,bottom",
            "5,left,top", "6,right,top", "7,right,bottom", "8,left,bottom"
        })
        void turnsTheImageUpright(int orientation, String column, String row) throws Exception {
            BufferedImage stored = new BufferedImage(32, 16, BufferedImage.TYPE_3BYTE_BGR);
            Graphics2D graphics = stored.createGraphics();
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, 16, 8);
            graphics.dispose();
            byte[] file = EncodedFiles.withOrientation(EncodedFiles.encode(stored, "jpeg"), orientation);
            try (Image image = decode(file)) {
                boolean turned = orientation >= 5;
                assertThat(image.width()).isEqualTo(turned ? 16 : 32);
                assertThat(image.height()).isEqualTo(turned ? 32 : 16);
                int x = column.equals("left") ? 2 : image.width() - 3;
                int y = row.equals("top") ? 2 : image.height() - 3;
                assertThat(pixel(image, x, y)).isEqualTo(0xFFFFFF);
                assertThat(pixel(image, image.width() - 1 - x, image.height() - 1 - y))
                        .isZero();
            }
        }

        @Test
        void readsThePngChunk() throws Exception {
            byte[] png = EncodedFiles.encode(new BufferedImage(32, 16, BufferedImage.TYPE_3BYTE_BGR), "png");
            byte[] file = EncodedFiles.insert(png, 33, EncodedFiles.chunk("eXIf", EncodedFiles.exif(6)));
            try (Image image = decode(file)) {
                assertThat(image.width()).isEqualTo(16);
                assertThat(image.height()).isEqualTo(32);
            }
        }
    }

    @Test
    void leavesTheBuffersPositionAlone() throws Exception {
        ByteBuffer file = ByteBuffer.wrap(EncodedFiles.encode(filled(BufferedImage.TYPE_3BYTE_BGR), "png"));
        ByteBuffer padded = ByteBuffer.allocateDirect(file.remaining() + 7)
                .position(7)
                .put(file)
                .position(7);
        try (Image image = decoder.decode(padded)) {
            assertThat(padded.position()).isEqualTo(7);
            assertThat(image.height()).isEqualTo(16);
        }
    }

    private static byte[] webp(Image image) {
        org.opencv.core.Mat bgr = new org.opencv.core.Mat();
        org.opencv.core.MatOfByte file = new org.opencv.core.MatOfByte();
        org.opencv.imgproc.Imgproc.cvtColor(image.mat(), bgr, org.opencv.imgproc.Imgproc.COLOR_RGB2BGR);
        org.opencv.imgcodecs.Imgcodecs.imencode(
                ".webp",
                bgr,
                file,
                new org.opencv.core.MatOfInt(org.opencv.imgcodecs.Imgcodecs.IMWRITE_WEBP_QUALITY, 101));
        return file.toArray();
    }

    private static BufferedImage filled(int type) {
        BufferedImage image = new BufferedImage(16, 16, type);
        fill(image, new Color(RED));
        return image;
    }

    private static void fill(BufferedImage image, Color colour) {
        for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
            image.setRGB(i % image.getWidth(), i / image.getWidth(), colour.getRGB());
        }
    }

    private static Image decode(byte[] file) throws InterruptedException {
        return decoder.decode(ByteBuffer.wrap(file));
    }

    private static InvalidInput assertRefused(byte[] file, String code) {
        InvalidInput refused = assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> decode(file).close())
                .actual();
        assertThat(refused.code()).isEqualTo(code);
        return refused;
    }

    private static void assertPixel(byte[] file, int expected, int tolerance) throws IOException, InterruptedException {
        try (Image image = decode(file)) {
            int found = pixel(image, image.width() / 2, image.height() / 2);
            for (int shift = 0; shift <= 16; shift += 8) {
                assertThat(found >> shift & 0xFF)
                        .as("channel at bit %s of %06x", shift, found)
                        .isCloseTo(expected >> shift & 0xFF, within(tolerance));
            }
        }
    }

    private static int pixel(Image image, int x, int y) {
        byte[] rgb = image.toRgb();
        int at = (y * image.width() + x) * 3;
        return (rgb[at] & 0xFF) << 16 | (rgb[at + 1] & 0xFF) << 8 | (rgb[at + 2] & 0xFF);
    }
}
