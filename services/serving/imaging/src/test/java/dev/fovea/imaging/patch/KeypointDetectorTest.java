package dev.fovea.imaging.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.Image;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeypointDetectorTest {

    @Test
    void siftFindsABlobAtItsCentre() {
        try (Image image = RenderedScene.blob(120, 90, 70, 40, 6)) {
            List<Keypoint> found = new KeypointDetector.Sift(10, 0.04).detect(image);
            assertThat(found.getFirst().x()).isCloseTo(70, within(0.5f));
            assertThat(found.getFirst().y()).isCloseTo(40, within(0.5f));
            // The scale of a Gaussian blob's extremum is its sigma; size is twice that.
            assertThat(found.getFirst().size()).isCloseTo(12, within(3f));
        }
    }

    @Test
    void siftFindsABlobOfALargeImageInThatImagesPixels() {
        try (Image image = RenderedScene.blob(2_600, 1_900, 1_801, 703, 24)) {
            assertThat((long) image.width() * image.height()).isGreaterThan(KeypointDetector.Sift.MAX_PIXELS);
            List<Keypoint> found = new KeypointDetector.Sift(10, 0.04).detect(image);
            assertThat(found.getFirst().x()).isCloseTo(1_801, within(1.5f));
            assertThat(found.getFirst().y()).isCloseTo(703, within(1.5f));
            assertThat(found.getFirst().size()).isCloseTo(48, within(12f));
        }
    }

    @Test
    void siftGivesTheStrongestFirstAndNeverMoreThanAsked() {
        try (Image image = RenderedScene.textured(320, 240)) {
            List<Keypoint> all = new KeypointDetector.Sift(100_000, 0.02).detect(image);
            List<Keypoint> some = new KeypointDetector.Sift(50, 0.02).detect(image);
            assertThat(all).hasSizeGreaterThan(50);
            assertThat(some).hasSize(50);
            assertThat(some)
                    .isSortedAccordingTo(
                            Comparator.comparing(Keypoint::response).reversed());
        }
    }

    @Test
    void siftGivesTheSameAnswerTwice() {
        try (Image image = RenderedScene.textured(320, 240)) {
            KeypointDetector detector = new KeypointDetector.Sift(200, 0.02);
            assertThat(detector.detect(image)).isEqualTo(detector.detect(image));
        }
    }

    @Test
    void siftFindsNothingInAFlatImage() {
        try (Image image = Image.fromRgb(40, 40, new byte[4800])) {
            assertThat(new KeypointDetector.Sift(10, 0.04).detect(image)).isEmpty();
        }
    }

    @Test
    void denseGridIsCentredAndOrderedBySizeThenRow() {
        try (Image image = Image.fromRgb(11, 6, new byte[198])) {
            List<Keypoint> found = new KeypointDetector.DenseGrid(4, List.of(8f, 16f)).detect(image);
            assertThat(found).hasSize(2 * 3 * 2);
            assertThat(found.getFirst()).isEqualTo(new Keypoint(1, 0, 8, 0, 1));
            assertThat(found.get(1)).isEqualTo(new Keypoint(5, 0, 8, 0, 1));
            assertThat(found.getLast()).isEqualTo(new Keypoint(9, 4, 16, 0, 1));
        }
    }

    @Test
    void parametersOutOfRangeAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new KeypointDetector.Sift(0, 0.04));
        assertThatIllegalArgumentException().isThrownBy(() -> new KeypointDetector.Sift(5, Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new KeypointDetector.DenseGrid(0, List.of(8f)));
        assertThatIllegalArgumentException().isThrownBy(() -> new KeypointDetector.DenseGrid(4, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new KeypointDetector.DenseGrid(4, List.of(-1f)));
    }
}
