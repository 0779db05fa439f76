package dev.fovea.quarkus.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.quarkus.health.ServiceHealth.Finding;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class HealthResponsesTest {

    private static final Finding UP = new Finding("siftnet@1", true, false, "SERVING", "1 of 1 instances work");
    private static final Finding DOWN =
            new Finding("siftnet@1", false, true, "SERVING", "stored sample: kernel failed");

    private final SettableClock clock = new SettableClock();
    private final HealthResponses responses = new HealthResponses(new ObservationLog(clock));

    @Test
    void isUpOnlyIfAllPartsAre() {
        assertThat(responses.of("models", List.of(UP, UP)).getStatus()).isEqualTo(Status.UP);
        assertThat(responses.of("models", List.of(UP, DOWN)).getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void sinceIsWhenTheVerdictLastChanged() {
        clock.now = Instant.parse("2026-01-01T00:00:00Z");
        responses.of("models", List.of(UP));
        clock.now = Instant.parse("2026-01-01T00:00:05Z");
        assertThat(data(responses.of("models", List.of(UP)))).containsEntry("siftnet@1.since", "2026-01-01T00:00:00Z");

        assertThat(data(responses.of("models", List.of(DOWN))))
                .containsEntry("siftnet@1.since", "2026-01-01T00:00:05Z");
    }

    @Test
    void lastErrorStaysAfterRecovery() {
        responses.of("models", List.of(DOWN));

        assertThat(data(responses.of("models", List.of(UP))))
                .containsEntry("siftnet@1.state", "SERVING")
                .containsEntry("siftnet@1.lastError", "stored sample: kernel failed");
    }

    @Test
    void saysThatAPartOfAModelIsLost() {
        var degraded = new Finding("siftnet@1", true, false, "SERVING", "1 of 2 instances work", true);

        assertThat(data(responses.of("models", List.of(degraded)))).containsEntry("siftnet@1.degraded", true);
        assertThat(data(responses.of("models", List.of(UP)))).doesNotContainKey("siftnet@1.degraded");
    }

    @Test
    void saysThatACheckHasNoPart() {
        assertThat(data(responses.of("kafka", List.of()))).containsEntry("state", "DISABLED");
    }

    private static Map<String, Object> data(HealthCheckResponse response) {
        return response.getData().orElseThrow();
    }

    private static final class SettableClock extends Clock {

        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
