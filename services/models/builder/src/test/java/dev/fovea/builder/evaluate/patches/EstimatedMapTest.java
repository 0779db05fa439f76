package dev.fovea.builder.evaluate.patches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.builder.evaluate.patches.DescribedSequence.Plane;
import dev.fovea.imaging.patch.Homography;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class EstimatedMapTest {

    private static final double EXACT = 1e-12;
    private static final Homography SAME = Homography.of(1, 0, 0, 0, 1, 0, 0, 0, 1);

    @Test
    void accuracyIsTheMeanShareWithinOneToTenPixels() {
        // 0.5 px is within all ten, 3 px within 3 to 10, 9.5 px within 10, no estimate within none: (10 + 8 + 1) / 40.
        assertThat(EstimatedMap.meanAverageAccuracy(errors(0.5, 3, 9.5, Double.POSITIVE_INFINITY)))
                .isCloseTo(19.0 / 40, within(EXACT));
    }

    @Test
    void accuracyIsOneUpToOnePixelAndZeroBeyondTen() {
        assertThat(EstimatedMap.meanAverageAccuracy(errors(0, 1))).isEqualTo(1);
        assertThat(EstimatedMap.meanAverageAccuracy(errors(10.001))).isZero();
        assertThatThrownBy(() -> EstimatedMap.meanAverageAccuracy(List.of()))
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void cornerErrorIsTheMeanOverTheFourOutermostPixels() {
        var plane = new Plane(101, 51, List.of());

        assertThat(EstimatedMap.cornerError(Homography.of(1, 0, 3, 0, 1, 4, 0, 0, 1), SAME, plane))
                .isCloseTo(5, within(EXACT));
        // Twice as wide: the two right corners at column 100 are 100 px off, the left ones not at all.
        assertThat(EstimatedMap.cornerError(Homography.of(2, 0, 0, 0, 1, 0, 0, 0, 1), SAME, plane))
                .isCloseTo(50, within(EXACT));
    }

    @Test
    void anEstimateThatThrowsACornerToInfinityIsInfinitelyWrong() {
        var plane = new Plane(101, 51, List.of());

        assertThat(EstimatedMap.cornerError(Homography.of(1, 0, 0, 0, 1, 0, -0.01, 0, 1), SAME, plane))
                .isInfinite();
    }

    private static List<EstimatedMap> errors(double... errors) {
        return Arrays.stream(errors)
                .mapToObj(error -> new EstimatedMap("s", 2, 10, 5, error))
                .toList();
    }
}
