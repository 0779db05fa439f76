package dev.fovea.tests.chart.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.tests.chart.render.Rendering;
import dev.fovea.tests.chart.render.Renderings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The keys that services are given. Beside the rule stand renderings that break it.
class KeysTest {

    private static final Rendering MINIMAL = Renderings.of("minimal");

    @EveryRendering
    void everyKeyIsOneThatTheServiceHas(Rendering rendering) {
        assertThat(Configurations.keys(rendering)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fovea.drain.limits=1s",
                "fovea.kafka.topics=x",
                "fovea.kafka.delivery=twice",
                "fovea.grpc.colour=1"
            })
    void aKeyOrValueThatNoServiceHasIsSeen(String line) {
        assertThat(Configurations.keys(Configuration.with(MINIMAL, line))).isNotEmpty();
    }
}
