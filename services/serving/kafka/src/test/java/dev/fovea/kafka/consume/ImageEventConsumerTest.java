package dev.fovea.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.kafka.KafkaSettings;
import dev.fovea.kafka.consume.ConsumerState.Phase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ImageEventConsumerTest {

    @Test
    void aConsumerThatWasNeverStartedDrainsAndClosesAtOnce() throws InterruptedException {
        ImageEventConsumer consumer = new ImageEventConsumer(
                KafkaSettings.of("localhost:1", "test", "results"),
                (event, deadline) -> {
                    throw new AssertionError("nothing was polled");
                },
                ConsumerMetrics.NONE,
                Ticker.system());

        assertThat(consumer.drain(Deadline.after(Duration.ofSeconds(10), Ticker.system())))
                .isTrue();
        consumer.close();

        assertThat(consumer.state().phase()).isEqualTo(Phase.NEW);
    }
}
