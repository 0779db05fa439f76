package dev.fovea.local.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// Lengths are those of a whole brick.
class BondTest {

    @Test
    void stretcherBondMovesEveryOtherCourseByHalfABrick() {
        assertThat(Bond.STRETCHER.at(2, 0)).isEqualTo(new Bond.Brick(2, 0, 1));
        assertThat(Bond.STRETCHER.at(2, 1)).isEqualTo(new Bond.Brick(2, 0.5, 1));
        assertThat(Bond.STRETCHER.at(2, 2)).isEqualTo(Bond.STRETCHER.at(2, 0));
    }

    @Test
    void stackBondPutsJointAboveJoint() {
        for (int row = 0; row < 4; row++) {
            assertThat(Bond.STACK.at(3.25, row)).isEqualTo(new Bond.Brick(3, 0.25, 1));
        }
    }

    @Test
    void flemishBondAlternatesWholeAndHalfBricks() {
        assertThat(Bond.FLEMISH.at(0.9, 0)).isEqualTo(new Bond.Brick(0, 0.9, 1));
        assertThat(Bond.FLEMISH.at(1.25, 0)).isEqualTo(new Bond.Brick(1, 0.25, 0.5));
        assertThat(Bond.FLEMISH.at(1.5, 0)).isEqualTo(new Bond.Brick(2, 0, 1));
    }

    @Test
    void flemishBondPutsAHalfBrickAboveTheMiddleOfAWholeOne() {
        double middleOfWhole = 0.5;

        Bond.Brick above = Bond.FLEMISH.at(middleOfWhole, 1);

        assertThat(above.length()).isEqualTo(0.5);
        assertThat(above.along()).isCloseTo(0.25, within(1e-12));
    }
}
