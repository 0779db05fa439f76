package dev.fovea.builder.index.client;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Waits before a call is repeated.
@FunctionalInterface
interface Pause {

    /// @throws InterruptedException if the thread is interrupted
    void pause(Duration time) throws InterruptedException;

    /// By the machine's clock.
    static Pause real() {
        return time -> {
            boolean _ = new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
        };
    }
}
