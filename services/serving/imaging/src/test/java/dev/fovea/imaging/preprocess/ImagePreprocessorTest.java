package dev.fovea.imaging.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.imaging.Image;
import dev.fovea.inference.Tensor;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ImagePreprocessing.ChannelOrder;
import dev.fovea.repository.ImagePreprocessing.Interpolation;
import dev.fovea.repository.PixelNormalization;
import dev.fovea.repository.PixelNormalization.Place;
import dev.fovea.repository.ResizeRule;
import dev.fovea.repository.TensorSpec;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ImagePreprocessorTest {

    private static final ResizeRule STRETCH = new ResizeRule.Stretch();
    private static final List<Double> MEAN = List.of(0.5, 0.25, 0.0);
    private static final List<Double> STD = List.of(0.5, 2.0, 1.0);

    @Nested
    class OfAnImageOfTheWantedSize {

        @ParameterizedTest
        @EnumSource
        void leavesEveryByteAsItIs(Interpolation interpolation) {
            byte[] pixels = noise(5, 4);
            for (ResizeRule rule : List.of(STRETCH, new ResizeRule.CropCentre(4), new ResizeRule.Pad(9))) {
                var spec =
                        spec(4, rule instanceof ResizeRule.CropCentre ? 4 : 5, rule, interpolation, ChannelOrder.RGB);
                byte[] expected = rule instanceof ResizeRule.CropCentre ? withoutLastColumn(pixels) : pixels;

                assertThat(bytes(spec, 5, 4, pixels)).as("%s", rule).isEqualTo(expected);
            }
        }

        @Test
        void swapsChannelsForModelsThatWantBlueFirst() {
            var spec = spec(1, 2, STRETCH, Interpolation.AREA, ChannelOrder.BGR);

            assertThat(bytes(spec, 2, 1, new byte[] {1, 2, 3, 4, 5, 6})).containsExactly(3, 2, 1, 6, 5, 4);
        }

        @Test
        void writesOnlyTheRowItWasGiven() {
            var spec = spec(1, 1, STRETCH, Interpolation.AREA, ChannelOrder.RGB);
            Tensor target = target(spec, ElementType.UINT8, 3);
            try (Image image = Image.fromRgb(1, 1, new byte[] {7, 8, 9})) {
                new ImagePreprocessor(spec).prepare(image, target, 1);
            }

            assertThat(copy(target)).containsExactly(0, 0, 0, 7, 8, 9, 0, 0, 0);
        }

        private static byte[] withoutLastColumn(byte[] pixels) { // 5 columns to 4: floor((5 - 4) / 2) = 0
            byte[] kept = new byte[4 * 4 * 3];
            for (int row = 0; row < 4; row++) {
                System.arraycopy(pixels, row * 15, kept, row * 12, 12);
            }
            return kept;
        }
    }

    @Nested
    class OfAnImageOfAnotherSize {

        @ParameterizedTest(name = "{0}: a line of 0 and 100 to {1}")
        @CsvSource({
            "BILINEAR, 0 25 75 100", // pixel x shows x / 2 - 0.25: 0, 0.25, 0.75, 1
            "NEAREST, 0 0 100 100",
            "AREA, 0 0 100 100", // whole numbers: repeated
            "BICUBIC, -11 23 77 111", // a = -0.75: (-0.105 0.879 0.262 -0.035) at a quarter; then clipped
        })
        void enlargesAboutPixelCentres(Interpolation interpolation, String expected) {
            List<Integer> wanted = List.of(expected.split(" ")).stream()
                    .map(value -> Math.clamp(Integer.parseInt(value), 0, 255))
                    .toList();

            assertThat(firstChannel(spec(1, 4, STRETCH, interpolation, ChannelOrder.RGB), grey(2, 1, 0, 100)))
                    .isEqualTo(wanted);
        }

        @Test
        void averagesWhatAShrunkPixelCoversByArea() {
            Image image = grey(4, 2, 0, 10, 100, 110, 20, 30, 120, 130);

            assertThat(firstChannel(spec(1, 2, STRETCH, Interpolation.AREA, ChannelOrder.RGB), image))
                    .containsExactly(15, 115);
        }

        @Test
        void averagesPartsOfPixelsByArea() {
            // Three pixels to two: each shows one and a half.
            assertThat(firstChannel(spec(1, 2, STRETCH, Interpolation.AREA, ChannelOrder.RGB), grey(3, 1, 30, 60, 120)))
                    .containsExactly(40, 100);
        }

        @Test
        void looksOnlyAtTheNearestTwoWhenShrinkingBilinearly() {
            // Pixel 0 of 2 shows 0.5 * 4 - 0.5 = 1.5 of 8 pixels: the mean of pixels 1 and 2.
            assertThat(firstChannel(
                            spec(1, 2, STRETCH, Interpolation.BILINEAR, ChannelOrder.RGB),
                            grey(8, 1, 255, 10, 20, 255, 255, 40, 50, 255)))
                    .containsExactly(15, 45);
        }

        @Test
        void looksAtTheMiddleWhenShrinkingToTheNearest() {
            // Pixel 0 of 1 shows 0.5 * 3 - 0.5 = 1 of 3.
            assertThat(firstChannel(
                            spec(1, 1, STRETCH, Interpolation.NEAREST, ChannelOrder.RGB), grey(3, 1, 10, 20, 30)))
                    .containsExactly(20);
        }

        @Test
        void cutsTheCentreOutOfTheScaledImage() {
            // 8 x 2 to 4 x 1 by area: 0 to 3 pairs; the middle pixel of width 1 starts at floor(1.5).
            Image image = grey(8, 2, 1, 1, 2, 2, 3, 3, 4, 4, 1, 1, 2, 2, 3, 3, 4, 4);

            assertThat(firstChannel(
                            spec(1, 1, new ResizeRule.CropCentre(1), Interpolation.AREA, ChannelOrder.RGB), image))
                    .containsExactly(2);
        }

        @Test
        void fillsTheRestOfAPaddedInputWithGrey() {
            // 4 x 1 to 2 x 1 in an input of 2 x 4: row floor(3 / 2) = 1.
            assertThat(firstChannel(
                            spec(4, 2, new ResizeRule.Pad(114), Interpolation.AREA, ChannelOrder.RGB),
                            grey(4, 1, 10, 20, 30, 40)))
                    .containsExactly(114, 114, 15, 35, 114, 114, 114, 114);
        }

        @ParameterizedTest
        @EnumSource
        void showsTheOnePixelOfAnImageEverywhere(Interpolation interpolation) {
            for (ResizeRule rule : List.of(STRETCH, new ResizeRule.CropCentre(6), new ResizeRule.Pad(77))) {
                assertThat(firstChannel(spec(3, 3, rule, interpolation, ChannelOrder.RGB), grey(1, 1, 77)))
                        .as("%s", rule)
                        .containsOnly(77)
                        .hasSize(9);
            }
        }

        @ParameterizedTest
        @CsvSource({"32768, 1", "1, 32768"})
        void keepsMemoryBoundedForALineOfPixels(int width, int height) {
            byte[] line = new byte[3 * 32768];
            java.util.Arrays.fill(line, (byte) 50);
            for (ResizeRule rule : List.of(STRETCH, new ResizeRule.CropCentre(256), new ResizeRule.Pad(50))) {
                var spec = spec(224, 224, rule, Interpolation.AREA, ChannelOrder.RGB);

                assertThat(bytes(spec, width, height, line)).as("%s", rule).containsOnly(50);
            }
        }
    }

    @Nested
    class ForAFloatInput {

        @Test
        void normalisesPlanesWhereTheServiceMust() {
            var spec = new ImagePreprocessing(
                    1,
                    2,
                    STRETCH,
                    Interpolation.AREA,
                    ChannelOrder.RGB,
                    new PixelNormalization(MEAN, STD, Place.SERVICE));

            assertThat(floats(spec, new byte[] {0, 51, (byte) 255, (byte) 255, (byte) 255, 0}))
                    .containsExactly(-1f, 1f, -0.025f, 0.375f, 1f, 0f);
        }

        @Test
        void appliesMeanAndDeviationInTheModelsChannelOrder() {
            var spec = new ImagePreprocessing(
                    1,
                    2,
                    STRETCH,
                    Interpolation.AREA,
                    ChannelOrder.BGR,
                    new PixelNormalization(MEAN, STD, Place.SERVICE));

            assertThat(floats(spec, new byte[] {(byte) 255, 51, 0, 0, (byte) 255, (byte) 255}))
                    .containsExactly(-1f, 1f, -0.025f, 0.375f, 1f, 0f);
        }

        @Test
        void leavesTheNormalisationToAGraphThatTakesUnitFloats() {
            var spec = spec(1, 2, STRETCH, Interpolation.AREA, ChannelOrder.RGB);

            assertThat(floats(spec, new byte[] {0, 51, (byte) 255, (byte) 255, 102, 0}))
                    .containsExactly(0f, 1f, 0.2f, 0.4f, 1f, 0f);
        }

        private static float[] floats(ImagePreprocessing spec, byte[] twoPixels) {
            Tensor target = target(spec, ElementType.FLOAT32, 1);
            try (Image image = Image.fromRgb(2, 1, twoPixels)) {
                new ImagePreprocessor(spec).prepare(image, target, 0);
            }
            return target.row(0);
        }
    }

    @Test
    void refusesATargetOfAnotherShapeOrType() {
        var graph = spec(2, 3, STRETCH, Interpolation.AREA, ChannelOrder.RGB);
        var service = new ImagePreprocessing(
                2, 3, STRETCH, Interpolation.AREA, ChannelOrder.RGB, new PixelNormalization(MEAN, STD, Place.SERVICE));
        try (Image image = Image.fromRgb(1, 1, new byte[3])) {
            assertThatThrownBy(() -> new ImagePreprocessor(graph)
                            .prepare(image, tensor(ElementType.UINT8, List.of(3, 2, 3), 1), 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("target UINT8 (1, [3, 2, 3]) cannot hold an image as UINT8 of [2, 3, 3] or FLOAT32 of"
                            + " [3, 2, 3]");
            assertThatThrownBy(() ->
                            new ImagePreprocessor(service).prepare(image, target(service, ElementType.UINT8, 1), 0))
                    .hasMessage("target UINT8 (1, [2, 3, 3]) cannot hold an image as FLOAT32 of [3, 2, 3]");
            assertThatThrownBy(
                            () -> new ImagePreprocessor(graph).prepare(image, target(graph, ElementType.UINT8, 1), 1))
                    .hasMessage("row 1 is outside target UINT8 (1, [2, 3, 3])");
        }
    }

    private static byte[] noise(int width, int height) {
        byte[] pixels = new byte[width * height * 3];
        new Random(1).nextBytes(pixels);
        return pixels;
    }

    private static Image grey(int width, int height, int... values) {
        byte[] rgb = new byte[values.length * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) values[i / 3];
        }
        return Image.fromRgb(width, height, rgb);
    }

    private static List<Integer> firstChannel(ImagePreprocessing spec, Image grey) {
        byte[] pixels = bytes(spec, grey);
        return java.util.stream.IntStream.range(0, pixels.length / 3)
                .mapToObj(i -> pixels[3 * i] & 0xFF)
                .toList();
    }

    private static byte[] bytes(ImagePreprocessing spec, int width, int height, byte[] rgb) {
        return bytes(spec, Image.fromRgb(width, height, rgb));
    }

    private static byte[] bytes(ImagePreprocessing spec, Image image) {
        Tensor target = target(spec, ElementType.UINT8, 1);
        try (image) {
            new ImagePreprocessor(spec).prepare(image, target, 0);
        }
        return copy(target);
    }

    private static byte[] copy(Tensor tensor) {
        byte[] copy = new byte[Math.toIntExact(tensor.sizeBytes())];
        tensor.bytes().get(0, copy);
        return copy;
    }

    private static Tensor target(ImagePreprocessing spec, ElementType type, int rows) {
        List<Integer> shape = type == ElementType.UINT8
                ? List.of(spec.heightPx(), spec.widthPx(), 3)
                : List.of(3, spec.heightPx(), spec.widthPx());
        return tensor(type, shape, rows);
    }

    private static Tensor tensor(ElementType type, List<Integer> shape, int rows) {
        return Tensor.allocate(new TensorSpec("images", type, shape, ""), rows);
    }

    private static ImagePreprocessing spec(
            int height, int width, ResizeRule rule, Interpolation interpolation, ChannelOrder channels) {
        return new ImagePreprocessing(
                height, width, rule, interpolation, channels, new PixelNormalization(MEAN, STD, Place.GRAPH));
    }
}
