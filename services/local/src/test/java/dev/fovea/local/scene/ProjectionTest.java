package dev.fovea.local.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.local.scene.Projection.Point;
import org.junit.jupiter.api.Test;

class ProjectionTest {

    private static final Projection TILTED = Projection.of(1.1, 0.2, 30, -0.1, 0.9, 12, 1e-4, -2e-4, 1);

    @Test
    void mapsAPointByHomogeneousDivision() {
        Projection map = Projection.of(2, 0, 10, 0, 3, 20, 0, 0.01, 1);

        assertThat(map.map(5, 100)).isEqualTo(new Point(10, 160));
    }

    @Test
    void theInverseLeadsBack() {
        Point there = TILTED.map(321, 123);
        Point back = TILTED.inverse().map(there.x(), there.y());

        assertThat(back.distance(new Point(321, 123))).isCloseTo(0, within(1e-9));
    }

    @Test
    void thenAppliesTheOtherMapSecond() {
        Point expected = Projection.shift(5, -7)
                .map(TILTED.map(40, 50).x(), TILTED.map(40, 50).y());

        assertThat(TILTED.then(Projection.shift(5, -7)).map(40, 50).distance(expected))
                .isCloseTo(0, within(1e-9));
    }

    @Test
    void textRoundTripsExactly() {
        assertThat(Projection.parse(TILTED.text())).isEqualTo(TILTED);
        assertThat(TILTED.text().strip().lines()).hasSize(3);
    }

    @Test
    void rejectsAnotherNumberOfElementsThanNine() {
        assertThatThrownBy(() -> Projection.parse("1 0 0 0 1 0 0 0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("9 elements, not 8");
    }

    @Test
    void aSqueezedPlaneHasNoInverse() {
        assertThatThrownBy(() -> Projection.of(1, 0, 0, 1, 0, 0, 0, 0, 1).inverse())
                .isInstanceOf(ArithmeticException.class);
    }
}
