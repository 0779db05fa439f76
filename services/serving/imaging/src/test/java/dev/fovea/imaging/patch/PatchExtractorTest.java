package dev.fovea.imaging.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.Image;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.PatchPreprocessing;
import dev.fovea.repository.TensorSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatchExtractorTest {

    private static final int N = 8;

    /// A keypoint of diameter 4 then covers 8 x 8 px: one image pixel to each patch pixel.
    private static final double MAGNIFICATION = 4;

    private final PatchExtractor extractor = new PatchExtractor(new PatchPreprocessing(N, MAGNIFICATION));

    @Nested
    class Geometry {

        /// Smoothing leaves a linear ramp as it is, so every patch pixel has a value that the formula foretells.
        @ParameterizedTest
        @CsvSource({
            "32,   24,   4,  0", "32,   24,   4,  90", "32,   24,   4,  30", "31.25, 24.75, 4, 217",
            "32,   24,   8,  0", "30,   26,   8,  45", "32,   24,   2,  10", "32,   24,   5.3, 300"
        })
        void samplesTheRampWhereTheFormulaSays(float x, float y, float size, float angle) {
            try (Image image = RenderedScene.grey(64, 48, (column, row) -> 20 + 2 * column + row)) {
                float[] patch = floats(image, new Keypoint(x, y, size, angle, 1));
                double k = MAGNIFICATION * size / 2 / N;
                double cos = Math.cos(Math.toRadians(angle));
                double sin = Math.sin(Math.toRadians(angle));
                for (int v = 0; v < N; v++) {
                    for (int u = 0; u < N; u++) {
                        double du = u - (N - 1) / 2.0;
                        double dv = v - (N - 1) / 2.0;
                        double expected = 20 + 2 * (x + k * (cos * du - sin * dv)) + (y + k * (sin * du + cos * dv));
                        assertThat(patch[v * N + u] * 255.0)
                                .as("patch pixel (%s, %s)", u, v)
                                .isCloseTo(expected, within(0.02));
                    }
                }
            }
        }

        @Test
        void turnsThePatchClockwiseWithTheAngle() {
            // Bright to the right of the centre; seen along 90 degrees (downwards) right is up.
            try (Image image = RenderedScene.grey(65, 65, (column, row) -> column > 32 ? 200 : 50)) {
                float[] upright = floats(image, new Keypoint(32.5f, 32, 8, 0, 1));
                float[] turned = floats(image, new Keypoint(32.5f, 32, 8, 90, 1));
                assertThat(upright[4 * N + 7]).isGreaterThan(upright[4 * N]);
                assertThat(turned[4]).isGreaterThan(turned[7 * N + 4]);
            }
        }

        @Test
        void takesOpenCvsMissingAngleForUpright() {
            try (Image image = RenderedScene.grey(64, 48, (column, row) -> 3 * column)) {
                assertThat(floats(image, new Keypoint(32, 24, 6, -1, 1)))
                        .containsExactly(floats(image, new Keypoint(32, 24, 6, 0, 1)));
            }
        }

        @Test
        void repeatsTheBorderOutsideTheImage() {
            try (Image image = RenderedScene.grey(16, 16, (column, row) -> column < 8 ? 40 : 220)) {
                float[] patch = floats(image, new Keypoint(0, 8, 4, 0, 1));
                for (int v = 0; v < N; v++) {
                    assertThat(patch[v * N] * 255).isCloseTo(40, within(0.1f));
                }
            }
        }

        @Test
        void weighsColoursAsGrey() {
            byte[] red = new byte[32 * 32 * 3];
            for (int i = 0; i < red.length; i += 3) {
                red[i] = (byte) 200;
            }
            try (Image image = Image.fromRgb(32, 32, red)) {
                assertThat(floats(image, new Keypoint(16, 16, 4, 0, 1))[0] * 255)
                        .isCloseTo(0.299f * 200, within(0.5f));
            }
        }
    }

    @Nested
    class Aliasing {

        /// Stripes finer than a patch pixel carry no shape: what a reduced patch shows must be their mean.
        @ParameterizedTest
        @ValueSource(floats = {16, 24, 37, 64, 100})
        void fineStripesBecomeFlatGrey(float size) {
            try (Image image = RenderedScene.grey(400, 400, (column, row) -> (column & 1) == 0 ? 0 : 254)) {
                float[] patch = floats(image, new Keypoint(200, 200, size, 17, 1));
                for (float value : patch) {
                    assertThat(value * 255).isCloseTo(127, within(2f));
                }
            }
        }

        @Test
        void aStripeOfFourPatchPixelsIsKept() {
            // 8 image pixels to a patch pixel, stripes of 32 image pixels.
            try (Image image = RenderedScene.grey(256, 256, (column, row) -> (column / 32 & 1) == 0 ? 0 : 254)) {
                float[] patch = floats(image, new Keypoint(127.5f, 127.5f, 32, 0, 1));
                float least = 1;
                float most = 0;
                for (int u = 0; u < N; u++) {
                    least = Math.min(least, patch[u]);
                    most = Math.max(most, patch[u]);
                }
                assertThat(most - least).isGreaterThan(0.7f);
            }
        }
    }

    @Nested
    class Target {

        @Test
        void writesTheSameRowWhateverTheOrderOfKeypoints() {
            try (Image image = RenderedScene.grey(128, 128, (column, row) -> column * row % 251)) {
                List<Keypoint> keypoints = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    keypoints.add(new Keypoint(10 + 5 * i, 100 - 4 * i, 2 + 3 * i, 31 * i, 1));
                }
                Tensor forward = extract(image, keypoints, ElementType.UINT8);
                Collections.reverse(keypoints);
                Tensor backward = extract(image, keypoints, ElementType.UINT8);
                for (int i = 0; i < 20; i++) {
                    ByteBuffer row = forward.bytes(i, i + 1);
                    assertThat(row).isEqualTo(backward.bytes(19 - i, 20 - i));
                }
            }
        }

        @Test
        void roundsBytesFromTheSameValuesAsFloats() {
            try (Image image = RenderedScene.grey(64, 64, (column, row) -> column * row % 251)) {
                Keypoint keypoint = new Keypoint(30, 30, 7, 20, 1);
                float[] floats = floats(image, keypoint);
                ByteBuffer bytes =
                        extract(image, List.of(keypoint), ElementType.UINT8).bytes();
                for (int i = 0; i < floats.length; i++) {
                    assertThat(bytes.get(i) & 0xFF).isEqualTo(Math.round(floats[i] * 255));
                }
            }
        }

        @Test
        void refusesATargetOfAnotherShape() {
            try (Image image = RenderedScene.grey(16, 16, (column, row) -> 0)) {
                Tensor target = Tensor.allocate(new TensorSpec("p", ElementType.UINT8, List.of(9, 9), ""), 1);
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> extractor.extract(image, List.of(new Keypoint(8, 8, 4, 0, 1)), target))
                        .withMessageContaining("1 patches of 8x8");
            }
        }
    }

    @Nested
    class BadKeypoints {

        @ParameterizedTest
        @CsvSource({
            "812.5, 10, 4, 0, 'keypoint 1: x = 812.5 px is outside the image (640x480)'",
            "10, -3, 4, 0, 'keypoint 1: y = -3.0 px is outside the image (640x480)'",
            "NaN, 10, 4, 0, 'keypoint 1: x = NaN px is outside the image (640x480)'",
            "10, 10, 0, 0, 'keypoint 1: size = 0.0 px is not positive'",
            "10, 10, NaN, 0, 'keypoint 1: size = NaN px is not positive'",
            "10, 10, 1e9, 0, 'keypoint 1: size = 1.0E9 px is above 2560.0 px, 4 times the longer side'",
            "10, 10, 4, Infinity, 'keypoint 1: angle = Infinity is not finite'"
        })
        void areNamedWithValueAndLimit(float x, float y, float size, float angle, String message) {
            try (Image image = RenderedScene.grey(640, 480, (column, row) -> 0)) {
                List<Keypoint> keypoints = List.of(new Keypoint(1, 1, 4, 0, 1), new Keypoint(x, y, size, angle, 1));
                assertThatExceptionOfType(InvalidInput.class)
                        .isThrownBy(() -> extract(image, keypoints, ElementType.UINT8))
                        .withMessage(message)
                        .satisfies(failure -> assertThat(failure.code()).isEqualTo("KEYPOINT_INVALID"));
            }
        }
    }

    private float[] floats(Image image, Keypoint keypoint) {
        return extract(image, List.of(keypoint), ElementType.FLOAT32).row(0);
    }

    private Tensor extract(Image image, List<Keypoint> keypoints, ElementType type) {
        Tensor target =
                Tensor.allocate(new TensorSpec("patches", type, List.of(N, N), "grey patches"), keypoints.size());
        extractor.extract(image, keypoints, target);
        return target;
    }
}
