package dev.fovea.retrieval.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.Image;
import java.util.Comparator;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeypointSearchTest {

    private static final KeypointSearch SEARCH = new KeypointSearch(480, 0.01);

    @ParameterizedTest
    @CsvSource({"97, 83, 480, 411", "640, 480, 640, 480", "4000, 2000, 1414, 707", "1, 1, 480, 480"})
    void theWorkingImageIsNeitherTinyNorHuge(int width, int height, int workingWidth, int workingHeight) {
        try (Image image = Image.fromRgb(width, height, new byte[3 * width * height]);
                var found = SEARCH.search(image, 10)) {
            assertThat(found.image().width()).isEqualTo(workingWidth);
            assertThat(found.image().height()).isEqualTo(workingHeight);
        }
    }

    @Test
    void aSmallImageHasAsManyKeypointsAsItsEnlargement() {
        try (Image image = blobs();
                var found = SEARCH.search(image, 100)) {
            assertThat(found.keypoints())
                    .hasSize(100)
                    .isSortedAccordingTo(Comparator.comparingDouble(k -> -k.response()));
        }
    }

    @Test
    void keypointsLieInTheFullImage() {
        try (Image image = blobs();
                var found = SEARCH.search(image, 20)) {
            double factor = (double) found.image().width() / image.width();
            for (int i = 0; i < found.keypoints().size(); i++) {
                var working = found.keypoints().get(i);
                var full = found.located().get(i);
                assertThat((full.x() + 0.5) * factor - 0.5).isCloseTo(working.x(), within(0.01));
                assertThat(full.size() * factor).isCloseTo(working.size(), within(0.1));
                assertThat(full.x()).isBetween(-0.5f, image.width() - 0.5f);
                assertThat(full.y()).isBetween(-0.5f, image.height() - 0.5f);
            }
        }
    }

    private static Image blobs() {
        byte[] rgb = new byte[3 * 96 * 80];
        new Random(4).nextBytes(rgb);
        return Image.fromRgb(96, 80, rgb);
    }
}
