package dev.fovea.kafka.consume;

import dev.fovea.inference.failure.DeadlineExceeded;
import dev.fovea.inference.failure.InferenceFailure;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.ModelFailed;
import dev.fovea.inference.failure.Overloaded;
import dev.fovea.inference.failure.SourceUnavailable;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.kafka.KafkaSettings.Retry;
import java.time.Duration;

/// What becomes of an event whose attempt failed.
sealed interface Disposition {

    /// It will never succeed, or has been tried often enough.
    record DeadLetter() implements Disposition {}

    /// Try again after `delay`; this attempt counts.
    record RetryLater(Duration delay) implements Disposition {}

    /// Nothing is wrong with the event: take no new ones and try it again when there is room, at the latest after
    /// `delay`; this attempt does not count.
    ///
    /// @param tooMany whether fewer attempts at once would have helped
    record WaitForRoom(Duration delay, boolean tooMany) implements Disposition {}

    /// @param attempts counted so far, this one included
    static Disposition of(Throwable failure, int attempts, Retry retry) {
        // Whatever else escapes a listener is a defect; it may be one of timing, so it gets its attempts, too.
        return failure instanceof InferenceFailure known
                ? ofKnown(known, attempts, retry)
                : retryOrGiveUp(attempts, retry);
    }

    private static Disposition ofKnown(InferenceFailure failure, int attempts, Retry retry) {
        return switch (failure) {
            case InvalidInput _ -> new DeadLetter();
            case Overloaded overloaded -> new WaitForRoom(withinRange(overloaded.retryAfter(), retry), true);
            case Unavailable _ -> new WaitForRoom(retry.firstDelay(), false);
            case DeadlineExceeded _, ModelFailed _, SourceUnavailable _ -> retryOrGiveUp(attempts, retry);
        };
    }

    private static Disposition retryOrGiveUp(int attempts, Retry retry) {
        return attempts >= retry.attempts() ? new DeadLetter() : new RetryLater(delay(attempts, retry));
    }

    /// Doubles with every attempt, from the first delay to the longest.
    static Duration delay(int attempts, Retry retry) {
        Duration delay = retry.firstDelay();
        for (int i = 1; i < attempts && delay.compareTo(retry.longestDelay()) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        return delay.compareTo(retry.longestDelay()) < 0 ? delay : retry.longestDelay();
    }

    private static Duration withinRange(Duration asked, Retry retry) {
        if (asked.compareTo(Duration.ofMillis(1)) < 0) {
            return retry.firstDelay();
        }
        return asked.compareTo(retry.longestDelay()) < 0 ? asked : retry.longestDelay();
    }
}
