package dev.fovea.local;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ctrl-C or SIGTERM, told to the program's own thread, which then closes everything in order.
///
/// Any thread may call it.
final class StopRequest {

    /// The service may take 30 s to drain, the broker 30 s to end.
    private static final Duration PATIENCE = Duration.ofSeconds(75);

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean asked;

    /// The program was asked to end while it was busy.
    static final class Stopped extends RuntimeException {

        private static final long serialVersionUID = 1;

        Stopped() {
            super("stopped", null, false, false);
        }
    }

    /// Makes the process wait, when it is asked to end, until [#end()].
    static StopRequest onShutdown() {
        StopRequest stop = new StopRequest();
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("fovea-stop").unstarted(stop::ask));
        return stop;
    }

    boolean isAsked() {
        return asked;
    }

    /// @throws Stopped if the program was asked to end
    void check() {
        if (asked) {
            throw new Stopped();
        }
    }

    /// Everything is closed; the process may go.
    void end() {
        ended.countDown();
    }

    void ask() {
        asked = true;
        try {
            if (!ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(1);
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
