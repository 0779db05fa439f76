package dev.fovea.inference;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// A clock that moves when the test says so. It wakes nobody who waits.
public final class ManualTicker implements Ticker {

    // Near the end of the scale: comparisons of absolute times instead of differences would be caught.
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000);

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    public void advance(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }
}
