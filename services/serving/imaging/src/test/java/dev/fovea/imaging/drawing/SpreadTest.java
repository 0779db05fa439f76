package dev.fovea.imaging.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.patch.Keypoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    private static final Keypoint STRONG = new Keypoint(10, 10, 4, 0, 0.9f);
    private static final Keypoint CLOSE = new Keypoint(13, 10, 4, 0, 0.8f);
    private static final Keypoint FAR = new Keypoint(50, 10, 4, 0, 0.1f);

    @Test
    void keepsTheStrongerOfTwoThatLieOnEachOther() {
        assertThat(Spread.over(List.of(CLOSE, FAR, STRONG), 10, 5, 0)).containsExactly(STRONG, FAR);
    }

    @Test
    void choosesNoMoreThanAsked() {
        assertThat(Spread.over(List.of(FAR, CLOSE, STRONG), 1, 5, 0)).containsExactly(STRONG);
    }

    @Test
    void keepsCirclesOfOneSizeApartButLetsASmallOneLieWithinALargeOne() {
        Keypoint large = new Keypoint(100, 100, 40, 0, 0.9f);
        Keypoint overlapping = new Keypoint(130, 100, 40, 0, 0.8f);
        Keypoint within = new Keypoint(115, 100, 4, 0, 0.7f);

        assertThat(Spread.over(List.of(large, overlapping, within), 10, 5, 3)).containsExactly(large, within);
    }
}
