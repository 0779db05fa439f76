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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ViewTest {

    private static final ResizeRule STRETCH = new ResizeRule.Stretch();

    @ParameterizedTest
    @EnumSource
    void areAsManyAsTheRuleCounts(ViewRule rule) {
        for (boolean flip : new boolean[] {false, true}) {
            assertThat(View.all(spec(3, 4, STRETCH), 50, 40, rule, flip)).hasSize(rule.count(flip));
        }
    }

    @Test
    void areOneAsTrainedAndItsMirrorImageIfAskedFor() {
        // 2 x 2 with a column of padding at either side: 9 | 1 2 | 9
        var pad = spec(2, 4, new ResizeRule.Pad(9));

        assertThat(rows(pad, ViewRule.AS_TRAINED, false, 2, 1, 2, 3, 4))
                .containsExactly(List.of(9, 1, 2, 9, 9, 3, 4, 9));
        assertThat(rows(pad, ViewRule.AS_TRAINED, true, 2, 1, 2, 3, 4))
                .containsExactly(List.of(9, 1, 2, 9, 9, 3, 4, 9), List.of(9, 2, 1, 9, 9, 4, 3, 9));
    }

    @Test
    void mirrorPaddingToo() {
        // Three columns for one pixel in an input of two rows: padding is 1 | 2 wide at 1 x 2 in 2 x 4.
        var pad = spec(2, 4, new ResizeRule.Pad(9));

        assertThat(rows(pad, ViewRule.AS_TRAINED, true, 1, 5, 6))
                .containsExactly(List.of(9, 5, 9, 9, 9, 6, 9, 9), List.of(9, 9, 5, 9, 9, 9, 6, 9));
    }

    @Nested
    class OfATenCrop {

        @Test
        void showCornersAndCentreAndThenTheSameOfTheMirroredImage() {
            // 3 x 3 at its own size, cut to 1 x 1
            //   1 2 3
            //   4 5 6
            //   7 8 9
            var crop = spec(1, 1, new ResizeRule.CropCentre(3));

            assertThat(rows(crop, ViewRule.TEN_CROP, false, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9))
                    .extracting(List::getFirst)
                    .containsExactly(1, 3, 7, 9, 5, 3, 1, 9, 7, 5);
        }

        @Test
        void areMirroredThemselvesInTheSecondHalf() {
            var crop = spec(1, 2, new ResizeRule.CropCentre(3));

            assertThat(rows(crop, ViewRule.TEN_CROP, true, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9))
                    .containsExactly(
                            List.of(1, 2),
                            List.of(2, 3),
                            List.of(7, 8),
                            List.of(8, 9),
                            List.of(4, 5),
                            List.of(3, 2),
                            List.of(2, 1),
                            List.of(9, 8),
                            List.of(8, 7),
                            List.of(5, 4));
        }

        @Test
        void coincideWhereTheScaledImageIsAsLargeAsTheInput() {
            List<List<Integer>> rows =
                    rows(spec(2, 2, new ResizeRule.CropCentre(2)), ViewRule.TEN_CROP, false, 2, 1, 2, 3, 4);

            assertThat(rows.subList(0, 5)).containsOnly(List.of(1, 2, 3, 4));
            assertThat(rows.subList(5, 10)).containsOnly(List.of(2, 1, 4, 3));
        }

        @ParameterizedTest
        @CsvSource({"30000, 1", "1, 30000", "4001, 500"})
        void showTheTrueCornersOfAVeryLongImageWithoutScalingAllOfIt(int width, int height) {
            // Given: 10 at the one end, 20 in the middle, 30 at the other
            int length = Math.max(width, height);
            byte[] rgb = new byte[width * height * 3];
            for (int i = 0; i < width * height; i++) {
                int at = width > height ? i % width : i / width;
                Arrays.fill(rgb, 3 * i, 3 * i + 3, (byte) (at < length / 3 ? 10 : at < length * 2 / 3 ? 20 : 30));
            }
            var spec = spec(56, 56, new ResizeRule.CropCentre(64));
            List<View> views = View.all(spec, width, height, ViewRule.TEN_CROP, false);
            // When
            List<List<Integer>> rows = prepared(spec, Image.fromRgb(width, height, rgb), views);
            // Then
            boolean wide = width > height;
            assertThat(rows)
                    .extracting(row -> row.stream().distinct().toList())
                    .containsExactly(
                            List.of(10),
                            List.of(wide ? 30 : 10),
                            List.of(wide ? 10 : 30),
                            List.of(30),
                            List.of(20),
                            List.of(wide ? 30 : 10),
                            List.of(10),
                            List.of(30),
                            List.of(wide ? 10 : 30),
                            List.of(20));
            assertThat(views).allSatisfy(view -> assertThat(Math.max(
                            view.placement().scaledWidth(), view.placement().scaledHeight()))
                    .isLessThanOrEqualTo((Crop.LONGEST + 1) * 64));
        }

        @Test
        void equalTheCentreCropInTheMiddle() {
            List<View> ten = View.all(spec(7, 5, STRETCH), 90, 61, ViewRule.TEN_CROP, false);

            assertThat(View.all(spec(7, 5, STRETCH), 90, 61, ViewRule.CENTRE_CROP, true))
                    .containsExactly(ten.get(4), ten.get(9));
        }
    }

    @Nested
    class OfACentreCrop {

        @Test
        void areTheTrainedViewOfAModelThatCrops() {
            var spec = spec(20, 24, new ResizeRule.CropCentre(31));

            assertThat(View.all(spec, 99, 300, ViewRule.CENTRE_CROP, true))
                    .isEqualTo(View.all(spec, 99, 300, ViewRule.AS_TRAINED, true));
        }

        @ParameterizedTest(name = "an input of {0} x {1} is cut from a shorter side of {2}")
        @CsvSource({"224, 224, 256", "448, 224, 512", "100, 448, 512", "299, 299, 342", "1, 1, 1", "3, 2, 3"})
        void scaleTheShorterSideToEightSeventhsOfOtherModelsInputs(int width, int height, int shorter) {
            for (ResizeRule rule : List.of(STRETCH, new ResizeRule.Pad(0))) {
                View view = View.all(spec(height, width, rule), 1000, 2000, ViewRule.CENTRE_CROP, false)
                        .getFirst();

                assertThat(view.placement().scaledWidth()).isEqualTo(shorter);
                assertThat(view.placement().scaledHeight()).isEqualTo(2 * shorter);
            }
        }
    }

    @Test
    void areTheSameTogetherAsOneByOne() {
        byte[] noise = new byte[90 * 70 * 3];
        new Random(3).nextBytes(noise);
        for (ResizeRule rule : List.of(STRETCH, new ResizeRule.CropCentre(31), new ResizeRule.Pad(9))) {
            var spec = spec(21, 24, rule);
            List<View> views = views(spec, 90, 70);

            List<List<Integer>> together = prepared(spec, Image.fromRgb(90, 70, noise), views);

            for (int i = 0; i < views.size(); i++) {
                assertThat(prepared(spec, Image.fromRgb(90, 70, noise), List.of(views.get(i))))
                        .containsExactly(together.get(i));
            }
        }
    }

    @Test
    void keepTheImageAsItIs() {
        byte[] noise = new byte[8 * 8 * 3];
        new Random(4).nextBytes(noise);
        var spec = spec(8, 8, STRETCH, ChannelOrder.BGR);
        try (Image image = Image.fromRgb(8, 8, noise)) {
            new ImagePreprocessor(spec).prepare(image, views(spec, 8, 8), target(spec, 14), 0);

            assertThat(image.toRgb()).isEqualTo(noise);
        }
    }

    @Test
    void swapChannelsOfMirroredViewsToo() {
        var spec = spec(1, 2, STRETCH, ChannelOrder.BGR);
        Tensor target = target(spec, 2);
        try (Image image = Image.fromRgb(2, 1, new byte[] {1, 2, 3, 4, 5, 6})) {
            new ImagePreprocessor(spec).prepare(image, View.all(spec, 2, 1, ViewRule.AS_TRAINED, true), target, 0);
        }

        assertThat(copy(target)).containsExactly(3, 2, 1, 6, 5, 4, 6, 5, 4, 3, 2, 1);
    }

    @Test
    void areRefusedForAnImageOfAnotherSizeOrTooFewRows() {
        var spec = spec(2, 2, STRETCH);
        List<View> views = View.all(spec, 5, 4, ViewRule.TEN_CROP, false);
        var preprocessor = new ImagePreprocessor(spec);
        try (Image image = Image.fromRgb(4, 5, new byte[60])) {
            assertThatThrownBy(() -> preprocessor.prepare(image, views, target(spec, 10), 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("view of ImageSize[widthPx=5, heightPx=4]")
                    .hasMessageContaining("does not fit image of 4x5 px");
            assertThatThrownBy(() -> preprocessor.prepare(image, views, target(spec, 10), 1))
                    .hasMessage("row 10 is outside target UINT8 (10, [2, 2, 3])");
        }
    }

    /// Of every rule.
    static List<View> views(ImagePreprocessing spec, int width, int height) {
        List<View> views = new ArrayList<>();
        for (ViewRule rule : ViewRule.values()) {
            views.addAll(View.all(spec, width, height, rule, true));
        }
        return views;
    }

    private static List<List<Integer>> rows(
            ImagePreprocessing spec, ViewRule rule, boolean flip, int width, int... grey) {
        byte[] rgb = new byte[grey.length * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) grey[i / 3];
        }
        int height = grey.length / width;
        return prepared(spec, Image.fromRgb(width, height, rgb), View.all(spec, width, height, rule, flip));
    }

    /// The first channel of each view; closes the image.
    private static List<List<Integer>> prepared(ImagePreprocessing spec, Image image, List<View> views) {
        Tensor target = tensor(spec, image, views);
        List<List<Integer>> rows = new ArrayList<>();
        for (int row = 0; row < views.size(); row++) {
            byte[] bytes = copy(target.slice(row, row + 1));
            List<Integer> values = new ArrayList<>();
            for (int i = 0; i < bytes.length; i += 3) {
                values.add(bytes[i] & 0xFF);
            }
            rows.add(values);
        }
        return rows;
    }

    /// A row of bytes a view; closes the image.
    static Tensor tensor(ImagePreprocessing spec, Image image, List<View> views) {
        Tensor target = target(spec, views.size());
        try (image) {
            new ImagePreprocessor(spec).prepare(image, views, target, 0);
        }
        return target;
    }

    static byte[] copy(Tensor tensor) {
        byte[] copy = new byte[Math.toIntExact(tensor.sizeBytes())];
        tensor.bytes().get(0, copy);
        return copy;
    }

    private static Tensor target(ImagePreprocessing spec, int rows) {
        List<Integer> shape = List.of(spec.heightPx(), spec.widthPx(), 3);
        return Tensor.allocate(new TensorSpec("images", ElementType.UINT8, shape, ""), rows);
    }

    static ImagePreprocessing spec(int height, int width, ResizeRule rule) {
        return spec(height, width, rule, ChannelOrder.RGB);
    }

    private static ImagePreprocessing spec(int height, int width, ResizeRule rule, ChannelOrder channels) {
        var normalization = new PixelNormalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0), Place.GRAPH);
        return new ImagePreprocessing(height, width, rule, Interpolation.AREA, channels, normalization);
    }
}
