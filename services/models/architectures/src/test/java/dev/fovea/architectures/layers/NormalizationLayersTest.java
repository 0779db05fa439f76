package dev.fovea.architectures.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class NormalizationLayersTest {

    private static final Offset<Float> CLOSE = within(1e-6f);

    @Test
    void rowsAreDividedByTheirNorm() throws Exception {
        float[] rows = {3, 4, 0, 0};

        assertThat(LayerRun.run(L2Normalize.DEFAULT::apply, rows, 2, 2))
                .containsExactly(new float[] {0.6f, 0.8f, 0, 0}, CLOSE);
        assertThat(LayerRun.run(L1Normalize.DEFAULT::apply, rows, 2, 2))
                .containsExactly(new float[] {3 / 7f, 4 / 7f, 0, 0}, CLOSE);
    }

    @Test
    void positionsOfAMapAreDividedByTheNormOfTheirChannels() throws Exception {
        float[] map = {3, 0, 4, 2};

        assertThat(LayerRun.run(L2Normalize.along(1)::apply, map, 1, 2, 1, 2))
                .containsExactly(new float[] {0.6f, 0, 0.8f, 1}, CLOSE);
    }
}
