package dev.fovea.imaging.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarMapTest {

    @Test
    void coversTheInputWithItsCells() {
        // 448 pixels, 14 cells of 32
        ScalarMap map = ScalarMap.of(2, 14, FloatBuffer.allocate(28));

        assertThat(map.inputX(0, 448)).isEqualTo(15.5);
        assertThat(map.inputX(13, 448)).isEqualTo(431.5);
        assertThat(map.inputY(1, 448)).isEqualTo(335.5);
        assertThat(map.column(map.inputX(5.25, 448), 448)).isCloseTo(5.25, within(1e-12));
    }

    @Test
    void centresItsOuterCellsOnTheOuterPixelsWhereCornersAreAligned() {
        ScalarMap map = ScalarMap.ofCorners(31, 31, FloatBuffer.allocate(961));

        assertThat(map.inputX(0, 448)).isZero();
        assertThat(map.inputX(30, 448)).isEqualTo(447);
        assertThat(map.inputY(15, 448)).isEqualTo(223.5);
        assertThat(map.row(map.inputY(7.5, 448), 448)).isCloseTo(7.5, within(1e-12));
    }

    @Test
    void isDefinedForOneCellAndOnePixel() {
        ScalarMap map = ScalarMap.ofCorners(1, 2, FloatBuffer.allocate(2));

        assertThat(map.inputY(0, 448)).isZero();
        assertThat(map.row(447, 448)).isZero();
        assertThat(map.inputX(1, 1)).isZero();
        assertThat(map.column(0, 1)).isZero();
    }

    @Test
    void leavesOutWhatSpeaksAgainstAClass() {
        ScalarMap map = new ScalarMap(1, 3, new float[] {-4, 0, 2}).positive();

        assertThat(map.normalized()).containsExactly(0, 0, 1);
        assertThat(map.value(0, 0)).isZero();
    }

    @Test
    void isBroughtToZeroToOneAlsoAtTheEndsOfTheFloats() {
        ScalarMap map = new ScalarMap(1, 3, new float[] {-Float.MAX_VALUE, 0, Float.MAX_VALUE});

        assertThat(map.normalized()).containsExactly(0, 0.5f, 1);
    }

    @Test
    void copiesItsValuesAndLeavesTheBufferAsItIs() {
        FloatBuffer buffer = FloatBuffer.wrap(new float[] {9, 1, 2}).position(1);
        ScalarMap map = ScalarMap.of(1, 2, buffer);
        buffer.put(1, 5);

        assertThat(map.value(0, 0)).isEqualTo(1);
        assertThat(buffer.position()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void refusesValuesThatAreNotFinite(float value) {
        assertThatThrownBy(() -> new ScalarMap(2, 3, new float[] {0, 0, 0, 0, value, 0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("map of 2 x 3 is " + value + " at row 1, column 1; only finite values can be drawn");
    }

    @Test
    void refusesAnotherNumberOfValues() {
        assertThatThrownBy(() -> new ScalarMap(2, 3, new float[5]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("5 values are no map of 2 x 3");
        assertThatThrownBy(() -> new ScalarMap(0, 0, new float[0])).isInstanceOf(IllegalArgumentException.class);
    }
}
