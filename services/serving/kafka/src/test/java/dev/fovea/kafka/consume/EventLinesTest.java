package dev.fovea.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.ModelFailed;
import dev.fovea.kafka.EventListener;
import dev.fovea.kafka.ImageEvent;
import dev.fovea.kafka.KafkaSettings;
import dev.fovea.kafka.form.ImageForm;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The lines that say what became of an event that failed. The logger of the tests writes to standard error.
class EventLinesTest {

    private static final TopicPartition PARTITION = new TopicPartition("images", 2);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private PrintStream before = System.err;

    @BeforeEach
    void capture() {
        before = System.err;
        System.setErr(new PrintStream(lines, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void release() {
        System.setErr(before);
    }

    @Test
    void aDeadLetterNamesTheEventItsTraceTheCodeAndTheAttempts() throws InterruptedException {
        fail(new InvalidInput("IMAGE_TOO_LARGE", "the image is too large"), 1);

        assertThat(lines.toString(StandardCharsets.UTF_8).lines().toList())
                .filteredOn(line -> line.contains("event becomes a dead letter: the image is too large"))
                .singleElement()
                .asString()
                .contains("WARN", "event=photo-1", "trace=" + TRACE, "code=IMAGE_TOO_LARGE", "attempts=1");
    }

    @Test
    void aRetryNamesThemToo() throws InterruptedException {
        fail(new ModelFailed("not a number", new IllegalStateException("NaN")), 2);

        assertThat(lines.toString(StandardCharsets.UTF_8).lines().toList())
                .filteredOn(line -> line.contains("event is tried again: not a number"))
                .singleElement()
                .asString()
                .contains("DEBUG", "event=photo-1", "trace=" + TRACE, "code=MODEL_FAILED", "attempts=1");
    }

    private static void fail(RuntimeException failure, int attempts) throws InterruptedException {
        KafkaSettings settings = KafkaSettings.of("localhost:9092", "test", "results")
                .withRetry(new KafkaSettings.Retry(attempts, Duration.ofMillis(1), Duration.ofMillis(1)));
        EventListener<ImageEvent> listener = (event, _) -> {
            throw failure;
        };
        long[] now = {0};
        Measures measures = new Measures(() -> now[0] += 1_000_000, ConsumerMetrics.NONE);
        try (EventsInFlight events =
                new EventsInFlight(settings, new EventKind<>(new ImageForm(), listener), measures)) {
            events.accept(InputRecord.of("file")
                    .key("photo-1")
                    .header("content-type", "image/png")
                    .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                    .record());
            events.advance();
            while (events.hasUnfinished(Set.of(PARTITION))) {
                events.awaitProgress(10);
            }
        }
    }
}
