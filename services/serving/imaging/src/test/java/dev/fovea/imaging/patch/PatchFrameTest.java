package dev.fovea.imaging.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.Image;
import dev.fovea.inference.Tensor;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.PatchPreprocessing;
import dev.fovea.repository.TensorSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatchFrameTest {

    private static final double EXACT = 1e-12;

    @Test
    void aKeypointIsACircleTurnedClockwise() {
        assertFrame(PatchFrame.of(new Keypoint(10, 20, 6, 90, 1)), 10, 20, 0, 3, -3, 0);
        assertFrame(PatchFrame.of(new Keypoint(10, 20, 6, -1, 1)), 10, 20, 3, 0, 0, 3);
    }

    @Test
    void isMovedInItsOwnRadiiAndDirections() {
        PatchFrame turned = PatchFrame.of(new Keypoint(10, 20, 6, 90, 1));

        assertFrame(turned.moved(1, 0.5, 2, 0, 0, 1), 8.5, 23, 0, 6, -3, 0);
    }

    @Test
    void isCarriedByTheDerivativeOfAHomography() {
        Homography map = Homography.of(2, 0.1, 5, -0.2, 1.5, 7, 1e-3, -2e-3, 1);
        PatchFrame frame = new PatchFrame(40, 30, 2, 1, -0.5, 3);
        double step = 1e-6;

        PatchFrame mapped = frame.through(map);

        assertThat(mapped.x()).isCloseTo(map.mapX(40, 30), within(EXACT));
        double u = frame.columnAt(step, 0);
        double v = frame.rowAt(step, 0);
        assertThat(mapped.ux()).isCloseTo((map.mapX(u, v) - mapped.x()) / step, within(1e-4));
        assertThat(mapped.uy()).isCloseTo((map.mapY(u, v) - mapped.y()) / step, within(1e-4));
        u = frame.columnAt(0, step);
        v = frame.rowAt(0, step);
        assertThat(mapped.vx()).isCloseTo((map.mapX(u, v) - mapped.x()) / step, within(1e-4));
        assertThat(mapped.vy()).isCloseTo((map.mapY(u, v) - mapped.y()) / step, within(1e-4));
    }

    @Test
    void showsAStretchedImageAsTheCircleShowsThePlainOne() {
        Image plain = RenderedScene.blob(120, 80, 60, 40, 16);
        Image wide = RenderedScene.grey(240, 80, (x, y) -> {
            double squared = Math.pow((x - 120) / 2.0, 2) + Math.pow(y - 40, 2);
            return (int) Math.round(30 + 200 * Math.exp(-squared / (2 * 16.0 * 16.0)));
        });
        PatchFrame circle = new PatchFrame(60, 40, 3, 0, 0, 3);
        try (plain;
                wide) {
            byte[] expected = patch(plain, circle);
            byte[] stretched = patch(wide, circle.through(Homography.of(2, 0, 0, 0, 1, 0, 0, 0, 1)));

            for (int i = 0; i < expected.length; i++) {
                assertThat(stretched[i] & 0xFF).as("pixel %d", i).isCloseTo(expected[i] & 0xFF, within(2));
            }
        }
    }

    @Test
    void refusesAFrameWithoutArea() {
        try (Image image = RenderedScene.blob(20, 20, 10, 10, 2)) {
            assertThatThrownBy(() -> patch(image, new PatchFrame(5, 5, 1, 2, 2, 4)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("radius 0.0 of PatchFrame[x=5.0");
        }
    }

    @Test
    void aKnownHomographyEndsInOne() {
        assertThat(Homography.of(2, 0, 4, 0, 2, 6, 0, 0, 2).toArray()).containsExactly(1, 0, 2, 0, 1, 3, 0, 0, 1);
        assertThatThrownBy(() -> Homography.of(1, 0, 0, 0, 1, 0, 0, 0, 0)).hasMessageContaining("not zero");
        assertThatThrownBy(() -> Homography.of(1, 0, 0)).hasMessageContaining("nine");
    }

    private static byte[] patch(Image image, PatchFrame frame) {
        Tensor target = Tensor.allocate(new TensorSpec("patches", ElementType.UINT8, List.of(16, 16), ""), 1);
        new PatchExtractor(new PatchPreprocessing(16, 12)).extractFrames(image, List.of(frame), target);
        byte[] pixels = new byte[256];
        target.bytes().get(0, pixels);
        return pixels;
    }

    private static void assertFrame(PatchFrame frame, double... expected) {
        assertThat(new double[] {frame.x(), frame.y(), frame.ux(), frame.uy(), frame.vx(), frame.vy()})
                .containsExactly(expected, within(EXACT));
    }
}
