package dev.fovea.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScoresTest {

    @ParameterizedTest
    @ValueSource(floats = {-1, -0.5f, -1e-3f, 0, 1e-3f, 0.25f, 1})
    void undoesTheScoringOfInnerProducts(float product) {
        float score = product >= 0 ? product + 1 : 1 / (1 - product);

        assertThat(Scores.innerProduct(score)).isCloseTo(product, within(1.5e-7f));
    }
}
