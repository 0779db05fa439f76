package dev.fovea.imaging.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class DescriptorsTest {
    @Test
    void rowsGetUnitNorm() {
        var descriptors = Descriptors.normalized(FloatBuffer.wrap(new float[] {3, 4, 0, -5}), 2);

        assertThat(descriptors.count()).isEqualTo(2);
        assertThat(descriptors.row(0)).containsExactly(0.6f, 0.8f);
        assertThat(descriptors.get(1, 1)).isEqualTo(-1);
    }

    @Test
    void aRowOfZerosStaysZero() {
        assertThat(Descriptors.normalized(FloatBuffer.allocate(3), 3).row(0)).containsExactly(0, 0, 0);
    }

    @Test
    void verySmallAndVeryLargeRowsAreNormalisedToo() {
        var descriptors = Descriptors.normalized(FloatBuffer.wrap(new float[] {3e-30f, 4e-30f, 3e30f, 4e30f}), 2);

        // The sum of squares of either is outside the range of a float.
        assertThat(descriptors.row(0)).containsExactly(new float[] {0.6f, 0.8f}, within(1e-6f));
        assertThat(descriptors.row(1)).containsExactly(new float[] {0.6f, 0.8f}, within(1e-6f));
    }

    @Test
    void valuesCannotBeWritten() {
        var descriptors = Descriptors.normalized(FloatBuffer.wrap(new float[] {1, 0}), 2);

        assertThat(descriptors.values().isReadOnly()).isTrue();
    }

    @Test
    void refusesARowThatIsNotFull() {
        assertThatThrownBy(() -> Descriptors.normalized(FloatBuffer.allocate(5), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("5 values are not rows of 2");
    }

    @Test
    void noneHasADimension() {
        assertThat(Descriptors.none(128).dimension()).isEqualTo(128);
        assertThat(Descriptors.none(128).count()).isZero();
    }
}
