package dev.fovea.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.kafka.KafkaSettings;
import dev.fovea.kafka.consume.ConsumerState.Phase;
import dev.fovea.kafka.form.ImageForm;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EventConsumerTest {

    @Test
    void aConsumerThatWasNeverStartedDrainsAndClosesAtOnce() throws InterruptedException {
        EventConsumer consumer = new EventConsumer(
                KafkaSettings.of("localhost:1", "test", "results"),
                new ImageForm(),
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
