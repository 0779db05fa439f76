package dev.fovea.local.drawing;

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
        assertThat(Spread.over(List.of(CLOSE, FAR, STRONG), 10, 5)).containsExactly(STRONG, FAR);
    }

    @Test
    void choosesNoMoreThanAsked() {
        assertThat(Spread.over(List.of(FAR, CLOSE, STRONG), 1, 5)).containsExactly(STRONG);
    }
}
