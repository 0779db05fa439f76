package dev.fovea.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.fovea.inference.failure.DeadlineExceeded;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.ModelFailed;
import dev.fovea.inference.failure.Overloaded;
import dev.fovea.inference.failure.SourceUnavailable;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.kafka.KafkaSettings.Retry;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DispositionTest {

    private static final Retry RETRY = new Retry(3, Duration.ofMillis(100), Duration.ofMillis(250));
    private static final Disposition DEAD_LETTER = new Disposition.DeadLetter();

    static Stream<Arguments> table() {
        Throwable invalid = new InvalidInput("IMAGE_UNDECODABLE", "not an image");
        Throwable late = new DeadlineExceeded("late");
        Throwable failed = new ModelFailed("failed", new IllegalStateException("device"));
        Throwable away = new SourceUnavailable("SOURCE_UNAVAILABLE", "503");
        Throwable defect = new IllegalStateException("a defect");
        return Stream.of(
                argumentSet("invalid input, first attempt", invalid, 1, DEAD_LETTER),
                argumentSet("too late, first attempt", late, 1, later(100)),
                argumentSet("too late, second attempt", late, 2, later(200)),
                argumentSet("too late, last attempt", late, 3, DEAD_LETTER),
                argumentSet("model failed, first attempt", failed, 1, later(100)),
                argumentSet("model failed, last attempt", failed, 3, DEAD_LETTER),
                argumentSet("source away, first attempt", away, 1, later(100)),
                argumentSet("source away, last attempt", away, 3, DEAD_LETTER),
                argumentSet("a defect, first attempt", defect, 1, later(100)),
                argumentSet("a defect, last attempt", defect, 3, DEAD_LETTER),
                argumentSet("an error, last attempt", new StackOverflowError(), 3, DEAD_LETTER),
                argumentSet("overloaded, whatever the attempt", overloaded(120), 99, room(120, true)),
                argumentSet("overloaded, asking for no delay", overloaded(0), 1, room(100, true)),
                argumentSet("overloaded, asking for too long", overloaded(9000), 1, room(250, true)),
                argumentSet("unavailable", new Unavailable("LOADING", "loading"), 99, room(100, false)));
    }

    @ParameterizedTest
    @MethodSource("table")
    void followsFromTheFailureAndTheAttempts(Throwable failure, int attempts, Disposition expected) {
        assertThat(Disposition.of(failure, attempts, RETRY)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1, 100", "2, 200", "3, 250", "4, 250", "2000000000, 250"})
    void delaysDoubleUpToTheLongest(int attempts, long millis) {
        assertThat(Disposition.delay(attempts, RETRY)).isEqualTo(Duration.ofMillis(millis));
    }

    private static Disposition later(long millis) {
        return new Disposition.RetryLater(Duration.ofMillis(millis));
    }

    private static Disposition room(long millis, boolean tooMany) {
        return new Disposition.WaitForRoom(Duration.ofMillis(millis), tooMany);
    }

    private static Overloaded overloaded(long retryAfterMillis) {
        return new Overloaded("QUEUE_FULL", "full", 9, 8, Duration.ofMillis(retryAfterMillis));
    }
}
