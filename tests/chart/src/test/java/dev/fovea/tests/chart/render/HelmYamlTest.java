package dev.fovea.tests.chart.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Helm and the API server read in a plain scalar.
class HelmYamlTest {

    @ParameterizedTest
    @CsvSource({
        "yes, true",
        "off, false",
        "1e3, 1000.0",
        "010, 8",
        "1:30, '\"1:30\"'",
        "2026-01-01, '\"2026-01-01\"'",
        "1Gi, '\"1Gi\"'",
        "v1, '\"v1\"'",
        "~, null"
    })
    void readsScalarsAsHelmDoes(String scalar, String json) {
        assertThat(HelmYaml.object("key: " + scalar).path("key").toString()).isEqualTo(json);
    }

    @Test
    void refusesAKeyThatIsGivenTwice() {
        assertThatThrownBy(() -> HelmYaml.object("a: 1\na: 2")).hasMessageContaining("duplicate key");
    }

    @Test
    void leavesEmptyDocumentsOut() {
        assertThat(HelmYaml.documents("---\n# nothing\n---\na: 1\n---\n")).hasSize(1);
    }
}
