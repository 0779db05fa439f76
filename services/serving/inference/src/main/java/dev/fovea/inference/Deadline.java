package dev.fovea.inference;

import java.time.Duration;

/// The instant after which nobody wants the answer, on the [Ticker]'s scale.
public record Deadline(long atNanos) {

    /// `timeout` from now; at most about 146 years.
    public static Deadline after(Duration timeout, Ticker ticker) {
        long nanos;
        try {
            nanos = timeout.toNanos();
        } catch (ArithmeticException tooLong) {
            nanos = Long.MAX_VALUE / 2;
        }
        return new Deadline(ticker.nanoTime() + Math.min(nanos, Long.MAX_VALUE / 2));
    }

    /// Negative once the deadline has passed.
    public long remainingNanos(Ticker ticker) {
        return atNanos - ticker.nanoTime();
    }

    public boolean hasPassed(Ticker ticker) {
        return remainingNanos(ticker) <= 0;
    }
}
