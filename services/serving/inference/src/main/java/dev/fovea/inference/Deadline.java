package dev.fovea.inference;

import dev.fovea.inference.failure.DeadlineExceeded;
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

    /// Goes on only while somebody waits: native stages cannot be interrupted, so between them is the chance to stop.
    ///
    /// @param goal what would come next, as the message names it: "the patches were cut out"
    /// @throws DeadlineExceeded if it has passed
    /// @throws InterruptedException if the thread is interrupted
    public void requireWanted(Ticker ticker, String goal) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("nobody waits for this request any more");
        }
        if (hasPassed(ticker)) {
            throw new DeadlineExceeded("the deadline passed before " + goal);
        }
    }
}
