package dev.fovea.imaging.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.preprocess.ImagePreprocessor;
import dev.fovea.imaging.preprocess.InputFrame;
import dev.fovea.imaging.preprocess.View;
import dev.fovea.imaging.preprocess.ViewRule;
import dev.fovea.inference.Tensor;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ImagePreprocessing.ChannelOrder;
import dev.fovea.repository.ImagePreprocessing.Interpolation;
import dev.fovea.repository.PixelNormalization;
import dev.fovea.repository.PixelNormalization.Place;
import dev.fovea.repository.ResizeRule;
import dev.fovea.repository.TensorSpec;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The whole way there and back: a white square in a black image is seen by the model's input; a map made of
/// that input is drawn over a grey image of the same size; the colour must lie where the square was.
class OverlayPlaceTest {

    private static final ImageSize INPUT = new ImageSize(96, 80);
    private static final int CELL = 8; // input pixels
    private static final int SIDE = 160; // of the canvas
    private static final byte GREY = 100;
    private static final Map<Integer, Integer> LEVELS = levels();

    static List<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (ResizeRule rule :
                List.of(new ResizeRule.Stretch(), new ResizeRule.CropCentre(100), new ResizeRule.Pad(0))) {
            for (ImageSize image : List.of(new ImageSize(640, 420), new ImageSize(300, 460), new ImageSize(90, 100))) {
                for (boolean corners : new boolean[] {false, true}) {
                    String name = rule + " of " + image.widthPx() + " x " + image.heightPx();
                    cases.add(Arguments.argumentSet(name + (corners ? ", corners" : ""), rule, image, corners));
                }
            }
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void coloursWhatTheModelSaw(ResizeRule rule, ImageSize image, boolean corners) {
        for (ViewRule views : ViewRule.values()) {
            for (View view : View.all(spec(rule), image.widthPx(), image.heightPx(), views, true)) {
                long seen = Stream.of(List.of(1, 1), List.of(3, 1), List.of(2, 2), List.of(1, 3), List.of(3, 3))
                        .filter(at -> isColouredAt(
                                view, rule, image.widthPx() * at.get(0) / 4, image.heightPx() * at.get(1) / 4, corners))
                        .count();
                assertThat(seen).as("squares shown by %s", view).isPositive();
            }
        }
    }

    /// Whether the view shows the square at (x, y) and a cell around it; others are not looked at.
    private static boolean isColouredAt(View view, ResizeRule rule, int x, int y, boolean corners) {
        double cellX = CELL * Math.abs(view.frame().scaleX()); // of the image
        double cellY = CELL * view.frame().scaleY();
        var shown = view.frame().shown();
        if (!shown.contains(x - 2.2 * cellX, y - 2.2 * cellY) || !shown.contains(x + 2.2 * cellX, y + 2.2 * cellY)) {
            return false;
        }
        ScalarMap map = map(seen(view, rule, x, y), corners);
        try (Image grey = filled(view.image());
                ExplanationCanvas canvas = ExplanationCanvas.of(grey, SIDE)) {
            Pixels overlay = Pixels.of(canvas.overlay(map, view.frame(), INPUT, List.of()));
            double reduced = (double) overlay.width() / view.image().widthPx();
            double[] centre = centre(overlay);
            String square = view + ", square at " + x + ", " + y;
            // At the border the two alignments differ by half a cell.
            assertThat(centre[0])
                    .as("x, %s", square)
                    .isCloseTo((x + 0.5) * reduced - 0.5, within(0.2 + 0.05 * cellX * reduced));
            assertThat(centre[1])
                    .as("y, %s", square)
                    .isCloseTo((y + 0.5) * reduced - 0.5, within(0.2 + 0.05 * cellY * reduced));
        }
        return true;
    }

    /// Of the values that the colours stand for.
    private static double[] centre(Pixels overlay) {
        double sum = 0;
        double sumX = 0;
        double sumY = 0;
        for (int y = 0; y < overlay.height(); y++) {
            for (int x = 0; x < overlay.width(); x++) {
                double level = LEVELS.getOrDefault(overlay.image().getRGB(x, y), 0);
                sum += level;
                sumX += level * x;
                sumY += level * y;
            }
        }
        assertThat(sum).as("colour").isPositive();
        return new double[] {sumX / sum, sumY / sum};
    }

    /// What each colour on grey stands for, read off a map that rises by one a pixel.
    private static Map<Integer, Integer> levels() {
        float[] rising = new float[256];
        for (int i = 0; i < rising.length; i++) {
            rising[i] = i;
        }
        var frame = new InputFrame(1, 0, 1, 0, new InputFrame.Shown(-0.5, -0.5, 255.5, 0.5));
        var size = new ImageSize(256, 1);
        Map<Integer, Integer> levels = new HashMap<>();
        try (Image grey = filled(size);
                ExplanationCanvas canvas = ExplanationCanvas.of(grey, 256)) {
            Pixels colours = Pixels.of(canvas.overlay(new ScalarMap(1, 256, rising), frame, size, List.of()));
            for (int i = 0; i < rising.length; i++) {
                levels.putIfAbsent(colours.image().getRGB(i, 0), i);
            }
        }
        return levels;
    }

    /// The first channel of the input, from an image that is black but for a square of two cells.
    private static float[] seen(View view, ResizeRule rule, int x, int y) {
        int halfX = (int) Math.round(CELL * Math.abs(view.frame().scaleX()));
        int halfY = (int) Math.round(CELL * view.frame().scaleY());
        int width = view.image().widthPx();
        byte[] rgb = new byte[3 * width * view.image().heightPx()];
        for (int row = y - halfY; row <= y + halfY; row++) {
            Arrays.fill(rgb, 3 * (row * width + x - halfX), 3 * (row * width + x + halfX + 1), (byte) 255);
        }
        List<Integer> shape = List.of(3, INPUT.heightPx(), INPUT.widthPx());
        Tensor tensor = Tensor.allocate(new TensorSpec("images", ElementType.FLOAT32, shape, ""), 1);
        try (Image image = Image.fromRgb(width, view.image().heightPx(), rgb)) {
            new ImagePreprocessor(spec(rule)).prepare(image, view, tensor, 0);
        }
        return Arrays.copyOf(tensor.row(0), INPUT.widthPx() * INPUT.heightPx());
    }

    /// Each cell is the mean of the pixels about its centre, the nearer the heavier, down to none at the next
    /// centres: bilinear interpolation of such a map keeps the centre of what it shows.
    private static ScalarMap map(float[] seen, boolean corners) {
        int columns = corners ? 13 : 12;
        int rows = corners ? 11 : 10;
        float[] cells = new float[rows * columns];
        for (int i = 0; i < seen.length; i++) {
            double row = cell(i / INPUT.widthPx(), INPUT.heightPx(), rows, corners);
            double column = cell(i % INPUT.widthPx(), INPUT.widthPx(), columns, corners);
            for (int cell = 0; cell < cells.length; cell++) {
                int cellRow = cell / columns;
                int cellColumn = cell % columns;
                double weight =
                        Math.max(0, 1 - Math.abs(row - cellRow)) * Math.max(0, 1 - Math.abs(column - cellColumn));
                cells[cell] += (float) (weight * seen[i]);
            }
        }
        return corners
                ? ScalarMap.ofCorners(rows, columns, FloatBuffer.wrap(cells))
                : new ScalarMap(rows, columns, cells);
    }

    /// Which cell a pixel lies at: cells of eight pixels, or the outer ones centred on the outer pixels.
    private static double cell(int pixel, int pixels, int cells, boolean corners) {
        return corners ? pixel * (cells - 1) / (pixels - 1.0) : (pixel - 3.5) / CELL;
    }

    private static Image filled(ImageSize size) {
        byte[] rgb = new byte[3 * size.widthPx() * size.heightPx()];
        Arrays.fill(rgb, GREY);
        return Image.fromRgb(size.widthPx(), size.heightPx(), rgb);
    }

    private static ImagePreprocessing spec(ResizeRule rule) {
        var normalization = new PixelNormalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0), Place.GRAPH);
        return new ImagePreprocessing(
                INPUT.heightPx(), INPUT.widthPx(), rule, Interpolation.AREA, ChannelOrder.RGB, normalization);
    }
}
