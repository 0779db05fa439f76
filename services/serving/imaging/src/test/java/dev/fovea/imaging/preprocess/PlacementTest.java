package dev.fovea.imaging.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.preprocess.Placement.Area;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ImagePreprocessing.ChannelOrder;
import dev.fovea.repository.ImagePreprocessing.Interpolation;
import dev.fovea.repository.PixelNormalization;
import dev.fovea.repository.ResizeRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementTest {

    @Test
    void stretchesBothSidesWhateverTheProportions() {
        Placement placement = of(new ResizeRule.Stretch(), 30, 20, 7, 900);

        assertThat(placement).isEqualTo(new Placement(new Area(0, 0, 7, 900), 30, 20, new Area(0, 0, 30, 20), 0, 0, 0));
        assertThat(placement.fills(30, 20)).isTrue();
    }

    @ParameterizedTest(name = "{0} x {1} is scaled to {2} x {3} and cut at {4}, {5}")
    @CsvSource({
        "640, 480, 341, 256, 58, 16", // 341.33 and 58.5 rounded down, as torchvision does
        "480, 640, 256, 341, 16, 58",
        "256, 256, 256, 256, 16, 16",
        "100, 100, 256, 256, 16, 16",
        "257, 256, 257, 256, 16, 16",
    })
    void cropsTheCentreOfTheScaledImage(int width, int height, int scaledWidth, int scaledHeight, int x, int y) {
        Placement placement = of(new ResizeRule.CropCentre(256), 224, 224, width, height);

        assertThat(placement)
                .isEqualTo(new Placement(
                        new Area(0, 0, width, height), scaledWidth, scaledHeight, new Area(x, y, 224, 224), 0, 0, 0));
    }

    @ParameterizedTest(name = "{0} x {1}")
    @CsvSource({"10000, 1", "10001, 1", "1, 10000", "32768, 3", "32767, 3"})
    void losesTheEndsOfAnExtremeImageBeforeItIsScaledForACrop(int width, int height) {
        Placement placement = of(new ResizeRule.CropCentre(256), 224, 224, width, height);

        assertThat(Math.max(placement.scaledWidth(), placement.scaledHeight()))
                .isLessThanOrEqualTo((Crop.LONGEST + 1) * 256);
        assertThat(Math.min(placement.scaledWidth(), placement.scaledHeight())).isEqualTo(256);
        Area from = placement.from();
        assertThat(from.x())
                .as("as much is lost on the left as on the right")
                .isEqualTo(width - from.x() - from.width());
        assertThat(from.y()).isEqualTo(height - from.y() - from.height());
    }

    @ParameterizedTest(name = "{0} x {1} is scaled to {2} x {3} and placed at {4}, {5}")
    @CsvSource({
        "640, 480, 100, 75, 0, 2", // 5 rows left: 2 above, 3 below
        "480, 640, 60, 80, 20, 0",
        "200, 160, 100, 80, 0, 0",
        "3, 1000, 1, 80, 49, 0", // 0.24 columns would be none
        "1, 1, 80, 80, 10, 0",
        "8, 5, 100, 63, 0, 8", // 62.5 rounded up
    })
    void padsEvenlyOnBothSides(int width, int height, int scaledWidth, int scaledHeight, int x, int y) {
        Placement placement = of(new ResizeRule.Pad(114), 100, 80, width, height);

        assertThat(placement)
                .isEqualTo(new Placement(
                        new Area(0, 0, width, height),
                        scaledWidth,
                        scaledHeight,
                        new Area(0, 0, scaledWidth, scaledHeight),
                        x,
                        y,
                        114));
    }

    @ParameterizedTest
    @CsvSource({"1, 32768", "32768, 1", "1, 1", "32768, 32768", "31, 32", "4095, 17"})
    void keepsEveryRuleInsideImageAndInput(int width, int height) {
        for (ResizeRule rule :
                List.of(new ResizeRule.Stretch(), new ResizeRule.CropCentre(40), new ResizeRule.Pad(0))) {
            Placement placement = of(rule, 40, 30, width, height);

            assertInside(placement.from(), width, height);
            assertInside(placement.window(), placement.scaledWidth(), placement.scaledHeight());
            assertInside(placement.at(), 40, 30);
        }
    }

    private static void assertInside(Area area, int width, int height) {
        assertThat(area.x()).isNotNegative();
        assertThat(area.y()).isNotNegative();
        assertThat(area.width()).isBetween(1, width - area.x());
        assertThat(area.height()).isBetween(1, height - area.y());
    }

    private static Placement of(ResizeRule rule, int targetWidth, int targetHeight, int width, int height) {
        var normalization =
                new PixelNormalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0), PixelNormalization.Place.GRAPH);
        var preprocessing = new ImagePreprocessing(
                targetHeight, targetWidth, rule, Interpolation.AREA, ChannelOrder.RGB, normalization);
        return Placement.of(preprocessing, new ImageSize(width, height));
    }
}
