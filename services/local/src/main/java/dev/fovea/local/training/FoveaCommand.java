package dev.fovea.local.training;

import dev.fovea.builder.FoveaProgram;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs commands of `fovea` on a thread of their own, which is interrupted when the program is asked to stop.
///
/// One thread may call it.
public final class FoveaCommand {

    private static final long POLL_MILLIS = 100;

    private final Narrator narrator;
    private final Runnable stopCheck;

    /// Where the user sees what a command says.
    public interface Narrator {

        /// A finished line.
        void line(String text);

        /// How far it is; each replaces the one before.
        void status(String text);
    }

    /// @param stopCheck throws to end the command
    public FoveaCommand(Narrator narrator, Runnable stopCheck) {
        this.narrator = narrator;
        this.stopCheck = stopCheck;
    }

    /// Returns what the command printed as its result.
    ///
    /// @throws IOException if it failed, with its last line on the error stream
    String run(String... arguments) throws IOException, InterruptedException {
        StringWriter out = new StringWriter();
        Narration err = new Narration(narrator);
        FutureTask<Integer> command =
                new FutureTask<>(() -> new FoveaProgram(new PrintWriter(out), new PrintWriter(err)).run(arguments));
        Thread.ofPlatform().daemon().name("fovea-command").start(command);
        try {
            if (await(command) != 0) {
                throw new IOException(err.complaint());
            }
        } finally {
            command.cancel(true);
        }
        out.toString().lines().forEach(narrator::line);
        return out.toString();
    }

    private int await(FutureTask<Integer> command) throws InterruptedException {
        Optional<Integer> status = Optional.empty();
        while (status.isEmpty()) {
            stopCheck.run();
            status = poll(command);
        }
        return status.get();
    }

    private static Optional<Integer> poll(FutureTask<Integer> command) throws InterruptedException {
        try {
            return Optional.of(command.get(POLL_MILLIS, TimeUnit.MILLISECONDS));
        } catch (TimeoutException busy) {
            return Optional.empty();
        } catch (ExecutionException broken) {
            throw new IllegalStateException(broken.getCause());
        }
    }
}
