package dev.fovea.local.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CellsTest {

    @Test
    void withoutJitterCellsAreSquares() {
        Cells cells = new Cells(new Noise(1), 40, 0);

        Cells.Cell cell = cells.at(130, 90);

        assertThat(cell.centreX()).isEqualTo(140);
        assertThat(cell.centreY()).isEqualTo(100);
        // 20 pixels from the middle to each edge, 10 of them used up.
        assertThat(cells.border(cell, 130, 100, 2)).isCloseTo(10, within(0.4));
    }

    @Test
    void everyPlaceBelongsToTheNearestCentre() {
        Cells cells = new Cells(new Noise(2), 30, 0.9);
        for (int x = 5; x < 600; x += 37) {
            Cells.Cell cell = cells.at(x, 333);

            assertThat(cells.border(cell, x, 333, 0.01)).isGreaterThanOrEqualTo(-0.05);
        }
    }

    @Test
    void noiseStaysInItsRange() {
        Noise noise = new Noise(3);
        for (int i = 0; i < 2_000; i++) {
            assertThat(noise.fractal(i * 0.37, -i * 0.11, 5)).isBetween(0.0, 1.0);
            assertThat(noise.cell(i, -i, 4)).isBetween(0.0, 1.0);
        }
    }
}
