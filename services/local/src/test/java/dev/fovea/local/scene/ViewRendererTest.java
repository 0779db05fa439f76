package dev.fovea.local.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.OpenCv;
import dev.fovea.local.scene.Projection.Point;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

class ViewRendererTest {

    private static final List<Point> DOTS = List.of(new Point(1000, 800), new Point(1400, 950), new Point(1150, 1050));

    private static Mat texture;

    @BeforeAll
    static void paintDots() {
        OpenCv.load();
        texture = new Mat(Relief.HEIGHT, Relief.WIDTH, CvType.CV_8UC3, new Scalar(0, 0, 0));
        for (Point dot : DOTS) {
            Imgproc.circle(
                    texture, new org.opencv.core.Point(dot.x(), dot.y()), 9, new Scalar(255, 255, 255), Imgproc.FILLED);
        }
        Imgproc.GaussianBlur(texture, texture, new Size(0, 0), 3);
    }

    @AfterAll
    static void release() {
        texture.release();
    }

    static Stream<View> views() {
        return Scene.VIEWS.stream().map(view -> new View(view.stand(), View.Light.DAY, new View.Lens(0.35, 0)));
    }

    @ParameterizedTest
    @MethodSource("views")
    void aPointOfTheTextureIsSeenWhereTheHomographyPutsIt(View view) {
        try (Image image = new ViewRenderer(texture, 1, View.WIDTH).render(view, 1)) {
            byte[] rgb = image.toRgb();
            for (Point dot : DOTS) {
                Point expected = view.projection().map(dot.x(), dot.y());

                // The middle of a slanted disc is not quite the image of its middle: a few hundredths of a pixel.
                assertThat(brightnessCentre(rgb, View.WIDTH, expected).distance(expected))
                        .isCloseTo(0, within(0.12));
            }
        }
    }

    @Test
    void aSmallImageOfACoarseTextureShowsTheSameSmaller() {
        View view = Scene.VIEWS.get(2);
        View plain = new View(view.stand(), View.Light.DAY, new View.Lens(0.35, 0));
        Mat coarse = everyOther(texture);
        try (Image image = new ViewRenderer(coarse, 2, View.WIDTH / 2).render(plain, 1)) {
            assertThat(image.width()).isEqualTo(400);
            assertThat(image.height()).isEqualTo(300);
            for (Point dot : DOTS) {
                Point large = view.projection().map(dot.x(), dot.y());
                Point expected = new Point((large.x() + 0.5) / 2 - 0.5, (large.y() + 0.5) / 2 - 0.5);

                assertThat(brightnessCentre(image.toRgb(), image.width(), expected)
                                .distance(expected))
                        .isCloseTo(0, within(0.12));
            }
        } finally {
            coarse.release();
        }
    }

    /// Pixels 0, 2, 4, ... of both directions.
    private static Mat everyOther(Mat full) {
        Mat half = new Mat();
        Imgproc.resize(full, half, new Size(), 0.5, 0.5, Imgproc.INTER_NEAREST);
        return half;
    }

    @Test
    void theSameSeedGivesTheSamePixelsAndAnotherSeedOtherNoise() {
        View noisy = new View(Scene.VIEWS.get(0).stand(), View.Light.DAY, new View.Lens(0.5, 4));
        ViewRenderer renderer = new ViewRenderer(texture, 1, View.WIDTH);
        try (Image first = renderer.render(noisy, 3);
                Image same = renderer.render(noisy, 3);
                Image other = renderer.render(noisy, 4)) {
            assertThat(same.toRgb()).isEqualTo(first.toRgb());
            assertThat(other.toRgb()).isNotEqualTo(first.toRgb());
        }
    }

    @Test
    void warmLightRaisesRedAndLowersBlue() {
        Mat grey = new Mat(Relief.HEIGHT, Relief.WIDTH, CvType.CV_8UC3, new Scalar(100, 100, 100));
        View warm = new View(Scene.VIEWS.get(0).stand(), new View.Light(1, 1, 0.2, 0), new View.Lens(0.35, 0));
        try (Image image = new ViewRenderer(grey, 1, View.WIDTH).render(warm, 1)) {
            byte[] rgb = image.toRgb();

            assertThat(rgb[0]).isEqualTo((byte) 120);
            assertThat(rgb[1]).isEqualTo((byte) 100);
            assertThat(rgb[2]).isEqualTo((byte) 80);
        } finally {
            grey.release();
        }
    }

    private static Point brightnessCentre(byte[] rgb, int width, Point near) {
        double sum = 0;
        double sumX = 0;
        double sumY = 0;
        for (int y = (int) near.y() - 16; y <= near.y() + 16; y++) {
            for (int x = (int) near.x() - 16; x <= near.x() + 16; x++) {
                int value = rgb[3 * (y * width + x)] & 0xff;
                sum += value;
                sumX += value * x;
                sumY += value * y;
            }
        }
        return new Point(sumX / sum, sumY / sum);
    }
}
