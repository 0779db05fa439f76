package dev.fovea.imaging.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.Image;
import dev.fovea.inference.Tensor;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ResizeRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InputFrameTest {

    private static final int MARKER = 4; // pixels on each side of its centre

    static List<Arguments> rules() {
        return List.of(
                Arguments.argumentSet("stretch", new ResizeRule.Stretch(), 220, 130),
                Arguments.argumentSet("stretch, tall", new ResizeRule.Stretch(), 97, 201),
                Arguments.argumentSet("stretch, enlarged", new ResizeRule.Stretch(), 31, 23),
                Arguments.argumentSet("crop", new ResizeRule.CropCentre(64), 220, 130),
                Arguments.argumentSet("crop, tall", new ResizeRule.CropCentre(71), 97, 201),
                Arguments.argumentSet("crop, enlarged", new ResizeRule.CropCentre(56), 31, 23),
                Arguments.argumentSet("crop, very long", new ResizeRule.CropCentre(60), 401, 20),
                Arguments.argumentSet("pad", new ResizeRule.Pad(0), 220, 130),
                Arguments.argumentSet("pad, tall", new ResizeRule.Pad(0), 97, 201),
                Arguments.argumentSet("pad, enlarged", new ResizeRule.Pad(0), 23, 31));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void findsAMarkerWhereTheImageShowsIt(ResizeRule rule, int width, int height) {
        ImagePreprocessing spec = ViewTest.spec(45, 56, rule);
        List<View> views = ViewTest.views(spec, width, height);
        var seen = new boolean[views.size()];
        int step = Math.max(3, Math.min(width, height) / 7);
        for (int y = MARKER; y < height - MARKER; y += step) {
            for (int x = MARKER; x < width - MARKER; x += step) {
                Tensor inputs = ViewTest.tensor(spec, marked(width, height, x, y), views);
                for (int i = 0; i < seen.length; i++) {
                    seen[i] |= isWhereTheFrameSays(views.get(i), ViewTest.copy(inputs.slice(i, i + 1)), x, y);
                }
            }
        }
        assertThat(seen).as("views that showed a whole marker").doesNotContain(false);
    }

    /// Whether the view shows the whole marker at (x, y); one that is shown in part is not looked at.
    private static boolean isWhereTheFrameSays(View view, byte[] input, int x, int y) {
        InputFrame frame = view.frame();
        double edge = MARKER + 0.5;
        InputFrame.Shown shown = frame.shown();
        if (shown.contains(x - edge, y - edge) && shown.contains(x + edge, y + edge)) {
            double[] centre = centre(input, view.input().widthPx());
            assertThat(centre[0]).as("%s column", view).isCloseTo(frame.inputX(x), within(0.05));
            assertThat(centre[1]).as("%s row", view).isCloseTo(frame.inputY(y), within(0.05));
            assertThat(frame.imageX(frame.inputX(x))).isCloseTo(x, within(1e-9));
            assertThat(frame.imageY(frame.inputY(y))).isCloseTo(y, within(1e-9));
            return true;
        }
        boolean outside = x + edge + reach(frame.scaleX()) < shown.left()
                || x - edge - reach(frame.scaleX()) > shown.right()
                || y + edge + reach(frame.scaleY()) < shown.top()
                || y - edge - reach(frame.scaleY()) > shown.bottom();
        if (outside) {
            assertThat(input).as("%s of a marker outside", view).isEqualTo(new byte[input.length]);
        }
        return false;
    }

    /// Image pixels that the interpolation looks beyond an input pixel.
    private static double reach(double scale) {
        return Math.max(1, Math.abs(scale));
    }

    /// Of the first channel's brightness.
    private static double[] centre(byte[] input, int width) {
        double sum = 0;
        double sumX = 0;
        double sumY = 0;
        for (int i = 0; i < input.length / 3; i++) {
            int row = i / width;
            double value = input[3 * i] & 0xFF;
            sum += value;
            sumX += value * (i % width);
            sumY += value * row;
        }
        assertThat(sum).as("brightness of the marker").isPositive();
        return new double[] {sumX / sum, sumY / sum};
    }

    private static Image marked(int width, int height, int markerX, int markerY) {
        byte[] rgb = new byte[width * height * 3];
        for (int y = markerY - MARKER; y <= markerY + MARKER; y++) {
            for (int x = markerX - MARKER; x <= markerX + MARKER; x++) {
                int at = 3 * (y * width + x);
                rgb[at] = (byte) 250;
                rgb[at + 1] = (byte) 250;
                rgb[at + 2] = (byte) 250;
            }
        }
        return Image.fromRgb(width, height, rgb);
    }

    @Test
    void saysThatPaddingShowsNothing() {
        // 200 x 100 in 56 x 45: 28 rows from row 8 on
        InputFrame frame = frame(new ResizeRule.Pad(0), 200, 100);

        assertThat(frame.shown()).isEqualTo(new InputFrame.Shown(-0.5, -0.5, 199.5, 99.5));
        assertThat(frame.shown().contains(frame.imageX(0), frame.imageY(7))).isFalse();
        assertThat(frame.shown().contains(frame.imageX(0), frame.imageY(8))).isTrue();
        assertThat(frame.shown().contains(frame.imageX(55), frame.imageY(35))).isTrue();
        assertThat(frame.shown().contains(frame.imageX(0), frame.imageY(36))).isFalse();
    }

    @Test
    void mapsCentresOfPixelsOfAStretchedImage() {
        // Twice as wide, as high: column 0 shows pixels 0 and 1.
        InputFrame frame = frame(new ResizeRule.Stretch(), 112, 45);

        assertThat(frame).isEqualTo(new InputFrame(2, 0.5, 1, 0, new InputFrame.Shown(-0.5, -0.5, 111.5, 44.5)));
    }

    private static InputFrame frame(ResizeRule rule, int width, int height) {
        return View.all(ViewTest.spec(45, 56, rule), width, height, ViewRule.AS_TRAINED, false)
                .getFirst()
                .frame();
    }
}
