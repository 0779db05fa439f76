package dev.fovea.tests.chart.kubelet;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.tests.chart.render.Renderings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownFieldsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/template/spec",
                "/template/spec/volumes/0",
                "/template/spec/containers/0",
                "/template/spec/containers/0/env/0",
                "/template/spec/containers/0/ports/0",
                "/template/spec/containers/0/resources/limits",
                "/template/spec/containers/0/startupProbe",
                "/template/spec/containers/0/lifecycle/preStop",
                "/template/spec/containers/0/volumeMounts/0"
            })
    void anUnknownFieldIsRefused(String place) {
        JsonNode workload = Renderings.of("cpu")
                .of("Deployment")
                .findFirst()
                .orElseThrow()
                .copy()
                .at("/spec");
        KnownFields.checkWorkload(workload);
        ((ObjectNode) workload.at(place)).put("invented", true);

        assertThatThrownBy(() -> KnownFields.checkWorkload(workload))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("invented");
    }
}
