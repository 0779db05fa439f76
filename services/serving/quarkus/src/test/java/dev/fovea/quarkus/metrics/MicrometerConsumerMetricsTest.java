package dev.fovea.quarkus.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MicrometerConsumerMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void consumersOfOneProcessAreToldApartByTheirTopics() {
        var images = new MicrometerConsumerMetrics(registry, "fovea.images");
        var queries = new MicrometerConsumerMetrics(registry, "fovea.retrieval-queries");

        images.inFlight(7, 700);
        queries.inFlight(2, 20);
        images.lag(40);
        queries.lag(0);
        images.deadLettered("EVENT_MALFORMED");
        queries.committed(2, Duration.ofMillis(5));

        assertThat(gauge("fovea.kafka.in.flight.records", "fovea.images")).isEqualTo(7);
        assertThat(gauge("fovea.kafka.in.flight.records", "fovea.retrieval-queries"))
                .isEqualTo(2);
        assertThat(gauge("fovea.kafka.lag", "fovea.images")).isEqualTo(40);
        assertThat(registry.get("fovea.kafka.dead.letters")
                        .tags("topic", "fovea.images", "code", "EVENT_MALFORMED")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("fovea.kafka.commit")
                        .tag("topic", "fovea.retrieval-queries")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void everyMeterHasATopic() {
        var images = new MicrometerConsumerMetrics(registry, "fovea.images");
        images.retried("OVERLOADED");
        images.deadLettered("EVENT_MALFORMED");
        images.commitFailed("KafkaException");

        assertThat(registry.getMeters())
                .hasSizeGreaterThan(8)
                .allSatisfy(meter -> assertThat(meter.getId().getTag("topic")).isEqualTo("fovea.images"));
    }

    private double gauge(String name, String topic) {
        return registry.get(name).tag("topic", topic).gauge().value();
    }
}
