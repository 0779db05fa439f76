package dev.fovea.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.inference.failure.DeadlineExceeded;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    private final Deadline deadline = new Deadline(10);

    @Test
    void workGoesOnWhileSomebodyWaits() {
        assertThatCode(() -> deadline.requireWanted(() -> 9, "the end")).doesNotThrowAnyException();
    }

    @Test
    void workStopsWhenTheDeadlineHasPassed() {
        assertThatThrownBy(() -> deadline.requireWanted(() -> 10, "the end"))
                .isInstanceOf(DeadlineExceeded.class)
                .hasMessage("the deadline passed before the end");
    }

    @Test
    void workStopsWhenTheCallerHasGone() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> deadline.requireWanted(() -> 9, "the end")).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void theLongestTimeoutDoesNotOverflow() {
        Deadline late = Deadline.after(Duration.ofSeconds(Long.MAX_VALUE), () -> 5);

        assertThat(late.remainingNanos(() -> 5)).isEqualTo(Long.MAX_VALUE / 2);
    }
}
