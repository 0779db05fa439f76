package dev.fovea.imaging.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.preprocess.InputFrame;
import dev.fovea.imaging.preprocess.InputFrame.Shown;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationCanvasTest {

    private static final ImageSize INPUT = new ImageSize(60, 40);
    private static final InputFrame WHOLE = new InputFrame(1, 0, 1, 0, new Shown(-0.5, -0.5, 59.5, 39.5));

    /// Shows columns 20 to 39 and all rows.
    private static final InputFrame PART =
            new InputFrame(1.0 / 3, 19.5 + 1.0 / 6, 1, 0, new Shown(19.5, -0.5, 39.5, 39.5));

    private static final ScalarMap CONSTANT = new ScalarMap(2, 3, new float[] {7, 7, 7, 7, 7, 7});
    private static final ScalarMap RAMP = new ScalarMap(1, 3, new float[] {-2, 0, 2});

    @ParameterizedTest(name = "{0} x {1} is drawn at {2} x {3}")
    @CsvSource({
        "60, 40, 60, 40",
        "100, 40, 100, 40",
        "200, 40, 100, 20",
        "40, 201, 20, 100",
        "30000, 1, 100, 1",
        "1, 30000, 1, 100"
    })
    void isReducedToTheLongerSideAndNeverEnlarged(int width, int height, int drawnWidth, int drawnHeight) {
        try (Image image = filled(width, height, 90);
                ExplanationCanvas canvas = ExplanationCanvas.of(image, 100)) {
            var shown = new Shown(-0.5, -0.5, width - 0.5, height - 0.5);
            var frame = new InputFrame(width / 60.0, 0, height / 40.0, 0, shown);

            Pixels picture = Pixels.of(canvas.overlay(RAMP, frame, INPUT, List.of()));

            assertThat(canvas.size()).isEqualTo(new ImageSize(drawnWidth, drawnHeight));
            assertThat(picture.width()).isEqualTo(drawnWidth);
            assertThat(picture.height()).isEqualTo(drawnHeight);
        }
    }

    @Test
    void refusesACanvasOfNoPixels() {
        try (Image image = filled(3, 3, 0)) {
            assertThatThrownBy(() -> ExplanationCanvas.of(image, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a longer side of 0 px is less than 1");
        }
    }

    @Test
    void outlivesItsImage() {
        Image image = noise();
        byte[] rgb = image.toRgb();
        try (ExplanationCanvas canvas = ExplanationCanvas.of(image, 60)) {
            image.close();

            assertThat(Pixels.of(canvas.overlay(CONSTANT, WHOLE, INPUT, List.of()))
                            .toRgb())
                    .isEqualTo(rgb);
        }
    }

    @Nested
    class Overlay {

        @Test
        void leavesTheImageAsItIsForAConstantMap() {
            try (Image image = noise();
                    ExplanationCanvas canvas = ExplanationCanvas.of(image, 60)) {
                assertThat(Pixels.of(canvas.overlay(CONSTANT, WHOLE, INPUT, List.of()))
                                .toRgb())
                        .isEqualTo(image.toRgb());
            }
        }

        @Test
        void growsOpaqueWithTheValueAndKeepsThePhotographReadable() {
            // Given: columns of 0 and 200 in turn, so that what is left of their contrast is the transparency
            byte[] stripes = new byte[60 * 40 * 3];
            for (int i = 0; i < stripes.length; i++) {
                stripes[i] = (byte) (i / 3 % 2 * 200);
            }
            try (Image image = Image.fromRgb(60, 40, stripes);
                    ExplanationCanvas canvas = ExplanationCanvas.of(image, 60)) {
                // When
                Pixels overlay = Pixels.of(canvas.overlay(RAMP, WHOLE, INPUT, List.of()));
                // Then: the centres of the cells are columns 9.5, 29.5 and 49.5
                assertThat(overlay.green(5, 20) - overlay.green(4, 20)).isEqualTo(200);
                assertThat(overlay.green(31, 20) - overlay.green(30, 20)).isBetween(110, 150);
                assertThat(overlay.green(55, 20) - overlay.green(54, 20)).isBetween(50, 70);
            }
        }

        @Test
        void coloursNothingOutsideWhatTheInputShows() {
            try (Image image = filled(60, 40, 100);
                    ExplanationCanvas canvas = ExplanationCanvas.of(image, 60)) {
                Pixels overlay = Pixels.of(canvas.overlay(RAMP, PART, INPUT, List.of()));

                for (int x = 0; x < 60; x++) {
                    boolean shown = x >= 20 && x < 40;
                    boolean coloured = overlay.red(x, 7) != overlay.blue(x, 7);
                    assertThat(coloured).as("column %d", x).isEqualTo(shown && x > 23);
                    assertThat(overlay.red(x, 7) == 55)
                            .as("column %d is darkened", x)
                            .isEqualTo(!shown);
                }
            }
        }

        @Test
        void isRedWhereTheMapIsLargestAndTurnsWithAMirroredInput() {
            var mirrored = new InputFrame(-1, 59, 1, 0, WHOLE.shown());
            try (Image image = filled(60, 40, 100);
                    ExplanationCanvas canvas = ExplanationCanvas.of(image, 60)) {
                Pixels plain = Pixels.of(canvas.overlay(RAMP, WHOLE, INPUT, List.of()));
                Pixels turned = Pixels.of(canvas.overlay(RAMP, mirrored, INPUT, List.of()));

                assertThat(plain.red(55, 5)).isGreaterThan(plain.blue(55, 5) + 100);
                for (int x = 0; x < 60; x++) {
                    assertThat(turned.image().getRGB(x, 5))
                            .isEqualTo(plain.image().getRGB(59 - x, 5));
                }
            }
        }
    }

    @Nested
    class HeatMap {

        @Test
        void showsTheMapAloneWhereTheInputLies() {
            try (Image image = noise();
                    ExplanationCanvas canvas = ExplanationCanvas.of(image, 60)) {
                Pixels map = Pixels.of(canvas.heatMap(RAMP, PART, INPUT));
                byte[] rgb = image.toRgb();

                assertThat(List.of(map.red(20, 3), map.green(20, 3), map.blue(20, 3)))
                        .as("Turbo's first colour")
                        .containsExactly(48, 18, 59);
                assertThat(map.red(39, 3)).isGreaterThan(180);
                assertThat(map.blue(39, 3)).isLessThan(20);
                assertThat(map.red(19, 3)).isEqualTo((int) Math.round(0.55 * (rgb[3 * (3 * 60 + 19)] & 0xFF)));
            }
        }

        @Test
        void isOfOneColourForAConstantMap() {
            try (Image image = noise();
                    ExplanationCanvas canvas = ExplanationCanvas.of(image, 60)) {
                Pixels map = Pixels.of(canvas.heatMap(CONSTANT, WHOLE, INPUT));

                assertThat(Arrays.stream(map.image().getRGB(0, 0, 60, 40, null, 0, 60))
                                .distinct()
                                .count())
                        .isEqualTo(1);
            }
        }
    }

    @Nested
    class Markers {

        @ParameterizedTest
        @CsvSource({"150, 100", "90.25, 61.5", "200, 55"})
        void areRingsAboutTheirPlace(double x, double y) {
            // Given: an image drawn at a half
            try (Image image = filled(300, 200, 100);
                    ExplanationCanvas canvas = ExplanationCanvas.of(image, 150)) {
                // When
                double[] ring = ring(canvas, new Marker(x, y, 1));
                // Then
                assertThat(ring[0]).isCloseTo((x + 0.5) / 2 - 0.5, within(0.15));
                assertThat(ring[1]).isCloseTo((y + 0.5) / 2 - 0.5, within(0.15));
            }
        }

        @Test
        void areLargerAndBrighterTheStronger() {
            try (Image image = filled(300, 200, 100);
                    ExplanationCanvas canvas = ExplanationCanvas.of(image, 300)) {
                double[] weak = ring(canvas, new Marker(150, 100, 0));
                double[] medium = ring(canvas, new Marker(150, 100, 0.5f));
                double[] strong = ring(canvas, new Marker(150, 100, 1));

                assertThat(weak[2]).as("pixels").isPositive().isLessThan(medium[2]);
                assertThat(medium[2]).as("pixels").isLessThan(strong[2]);
                assertThat(weak[3]).as("brightest").isLessThan(medium[3]);
                assertThat(medium[3]).as("brightest").isLessThan(strong[3]);
            }
        }

        @Test
        void areNotDrawnOutsideTheImage() {
            try (Image image = noise();
                    ExplanationCanvas canvas = ExplanationCanvas.of(image, 60)) {
                List<Marker> outside =
                        List.of(new Marker(-1, 5, 1), new Marker(5, 40, 1), new Marker(1e300, -1e300, 1));

                assertThat(Pixels.of(canvas.overlay(CONSTANT, WHOLE, INPUT, outside))
                                .toRgb())
                        .isEqualTo(image.toRgb());
            }
        }

        @Test
        void areRefusedWithoutAPlaceOrAStrength() {
            assertThatThrownBy(() -> new Marker(Double.NaN, 1, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("marker at (NaN, 1.0) of strength 1.0");
            assertThatThrownBy(() -> new Marker(1, 1, Float.NaN)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new Marker(1, 1, 1.01f)).isInstanceOf(IllegalArgumentException.class);
        }

        /// Centre x and y of what a marker changes, how many pixels that are, and the brightest.
        private double[] ring(ExplanationCanvas canvas, Marker marker) {
            var shown = new Shown(-0.5, -0.5, 299.5, 199.5);
            var frame = new InputFrame(5, 2, 5, 2, shown);
            Pixels plain = Pixels.of(canvas.overlay(CONSTANT, frame, INPUT, List.of()));
            Pixels marked = Pixels.of(canvas.overlay(CONSTANT, frame, INPUT, List.of(marker)));
            double[] ring = new double[4];
            double sum = 0;
            for (int y = 0; y < plain.height(); y++) {
                for (int x = 0; x < plain.width(); x++) {
                    double change = marked.change(plain, x, y);
                    sum += change;
                    ring[0] += change * x;
                    ring[1] += change * y;
                    ring[2] += change > 0 ? 1 : 0;
                    ring[3] = Math.max(ring[3], marked.red(x, y));
                }
            }
            ring[0] /= sum;
            ring[1] /= sum;
            return ring;
        }
    }

    private static Image noise() {
        byte[] rgb = new byte[60 * 40 * 3];
        new Random(5).nextBytes(rgb);
        return Image.fromRgb(60, 40, rgb);
    }

    private static Image filled(int width, int height, int grey) {
        byte[] rgb = new byte[width * height * 3];
        Arrays.fill(rgb, (byte) grey);
        return Image.fromRgb(width, height, rgb);
    }
}
