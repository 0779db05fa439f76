package dev.fovea.builder;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What Ctrl-C does to a running command: it is interrupted and may finish what native code is in the middle of. A
/// process that ends under a running ONNX Runtime crashes instead.
final class Interruption {

    static final int EXIT_CODE = 130;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Thread command;
    private final CountDownLatch finished = new CountDownLatch(1);

    private Interruption(Thread command) {
        this.command = command;
    }

    /// Guards the current thread until [#finished].
    static Interruption guard() {
        var interruption = new Interruption(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(interruption::stop));
        return interruption;
    }

    /// The command has returned; the process may end.
    void finished() {
        finished.countDown();
    }

    private void stop() {
        if (finished.getCount() == 0) {
            return;
        }
        command.interrupt();
        try {
            if (finished.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(EXIT_CODE);
    }
}
