package dev.fovea.tests.chart.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.tests.chart.render.Rendering;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every document of every scenario. That versions of Kubernetes change nothing is shown by `ScenariosTest`.
class RenderedDocumentsTest {

    private final Validator validator = new Validator();

    @ParameterizedTest
    @MethodSource("dev.fovea.tests.chart.render.Renderings#newest")
    void areWhatAnApiServerTakes(Rendering rendering) {
        assertThat(rendering.documents()).allSatisfy(document -> assertThat(validator.problems(document.node()))
                .as(document.toString())
                .isEmpty());
    }
}
