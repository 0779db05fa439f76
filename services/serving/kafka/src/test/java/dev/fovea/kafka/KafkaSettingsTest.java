package dev.fovea.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KafkaSettingsTest {

    @Test
    void namesDeriveFromTheService() {
        KafkaSettings settings = KafkaSettings.of("localhost:9092", "patch-description", "fovea.patch-descriptions");

        assertThat(settings.topics())
                .isEqualTo(new KafkaSettings.Topics(
                        "fovea.images", "fovea.patch-descriptions", "fovea.patch-description.dead-letters"));
        assertThat(settings.worker().groupId()).isEqualTo("fovea-patch-description");
        assertThat(settings.worker().transactionalId())
                .isEqualTo("fovea-patch-description-" + settings.worker().instanceId());
        assertThat(settings.publishing().delivery()).isEqualTo(Delivery.EXACTLY_ONCE);
    }

    @Test
    void clientPropertiesAreNamedAndTheirValuesAreNot() {
        KafkaSettings settings = KafkaSettings.of("localhost:9092", "s", "r")
                .withClientProperties(Map.of("ssl.key.password", "hunter2", "client.rack", "a"));

        assertThat(settings)
                .asString()
                .contains("bootstrapServers=localhost:9092", "groupId=fovea-s")
                .endsWith("clientProperties=[client.rack, ssl.key.password]]")
                .doesNotContain("hunter2");
    }

    static Stream<Arguments> wrong() {
        Duration second = Duration.ofSeconds(1);
        return Stream.of(
                call("no bootstrap servers", () -> KafkaSettings.of(" ", "s", "r"), "bootstrapServers is empty"),
                call(
                        "no records in flight",
                        () -> new KafkaSettings.InFlight(0, 1 << 20),
                        "maxRecords = 0 is outside the range 1 to 1000000"),
                call(
                        "too few bytes in flight",
                        () -> new KafkaSettings.InFlight(1, 5),
                        "maxBytes = 5 is outside the range 1048576 to 1099511627776"),
                call(
                        "no attempt",
                        () -> new KafkaSettings.Retry(0, second, second),
                        "attempts = 0 is outside the range 1 to 100"),
                call(
                        "delays that shrink",
                        () -> new KafkaSettings.Retry(1, second, Duration.ofMillis(1)),
                        "longestDelay = PT0.001S is outside the range PT1S to PT10M"),
                call(
                        "a drain longer than a rebalance",
                        () -> new KafkaSettings.Timing(second, Duration.ofMinutes(2)),
                        "drainLimit = PT2M is outside the range PT0S to PT1M"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongValueIsNamedWithItsRange(ThrowingCallable creation, String message) {
        assertThatIllegalArgumentException().isThrownBy(creation).withMessage(message);
    }

    private static Arguments call(String name, ThrowingCallable creation, String message) {
        return argumentSet(name, creation, message);
    }
}
