package dev.fovea.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fovea.inference.Ticker;
import dev.fovea.kafka.Delivery;
import dev.fovea.kafka.KafkaSettings;
import dev.fovea.kafka.ResultFormat;
import dev.fovea.kafka.form.ImageForm;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientPropertiesTest {

    private final KafkaSettings settings = KafkaSettings.of("localhost:9092", "patch-description", "results")
            .withWorker(new KafkaSettings.Worker("patch-description", "group", "pod-0"));

    @Test
    void exactlyOnceIsTransactionalUnderAStableId() {
        assertThat(ClientProperties.producer(settings))
                .containsEntry("transactional.id", "group-pod-0")
                .containsEntry("enable.idempotence", true)
                .containsEntry("acks", "all");
        assertThat(ClientProperties.consumer(settings))
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("enable.auto.commit", false)
                .containsEntry("group.protocol", "consumer");
    }

    @Test
    void atLeastOnceIsIdempotentWithoutTransactions() {
        KafkaSettings atLeastOnce = settings.withPublishing(new KafkaSettings.Publishing(
                Delivery.AT_LEAST_ONCE, ResultFormat.PROTOBUF, Duration.ofMillis(50), 20 << 20));

        assertThat(ClientProperties.producer(atLeastOnce))
                .containsEntry("enable.idempotence", true)
                .doesNotContainKey("transactional.id");
    }

    @Test
    void aRequestHasRoomForADeadLetterOfTheLargestRecord() {
        assertThat(ClientProperties.producer(settings)).containsEntry("max.request.size", (20 << 20) + (64 << 10));
    }

    @Test
    void ownPropertiesGoToBothClientsOrToTheOneTheyName() {
        KafkaSettings own = settings.withClientProperties(
                Map.of("security.protocol", "SSL", "producer.linger.ms", "7", "consumer.fetch.min.bytes", "9"));

        assertThat(ClientProperties.producer(own))
                .containsEntry("security.protocol", "SSL")
                .containsEntry("linger.ms", "7")
                .doesNotContainKey("fetch.min.bytes");
        assertThat(ClientProperties.consumer(own))
                .containsEntry("security.protocol", "SSL")
                .containsEntry("fetch.min.bytes", "9")
                .doesNotContainKey("linger.ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"isolation.level", "producer.transactional.id", "consumer.enable.auto.commit", "acks"})
    void refusesWhatDeliveryDependsOn(String key) {
        KafkaSettings own = settings.withClientProperties(Map.of(key, "x"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> KafkaClients.of(own))
                .withMessageContaining(key)
                .withMessageContaining("delivery depends on it");
    }

    @Test
    void aWrongValueIsNamedBeforeAnythingConnects() {
        KafkaSettings own = settings.withClientProperties(Map.of("producer.linger.ms", "soon"));

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> new EventConsumer(
                        own, new ImageForm(), new NumberingService(0), ConsumerMetrics.NONE, Ticker.system()))
                .withMessageContaining("linger.ms")
                .withMessageContaining("soon");
    }
}
