package dev.fovea.opensearch;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.Overloaded;
import dev.fovea.inference.failure.Unavailable;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// The cluster, asked until it answers: what may pass is tried again, with back-off, while the deadline leaves time.
///
/// Any thread. Whoever makes it closes it; those who wait then get `Unavailable`.
final class Cluster implements AutoCloseable {

    private final Connection connection;
    private final Ticker ticker;
    private final BackOff backOff;
    private final CountDownLatch closed = new CountDownLatch(1);

    Cluster(Servers servers, Ticker ticker, RandomGenerator random) {
        this.connection = new Connection(servers, ticker);
        this.ticker = ticker;
        this.backOff = new BackOff(random);
    }

    Ticker ticker() {
        return ticker;
    }

    /// @return an answer that asking again would not change
    /// @throws Overloaded if the cluster refused for load until the deadline
    /// @throws Unavailable if it did not answer until the deadline
    Answer ask(Call call, Deadline deadline) throws InterruptedException {
        Trouble trouble = Trouble.NO_TURN;
        for (int failures = 0; failures == 0 || pauseAfter(failures, deadline); failures++) {
            Attempt attempt = attempt(call, deadline);
            // One that the deadline cut off says less than the one before it.
            boolean telling = failures == 0 || !deadline.hasPassed(ticker);
            switch (attempt) {
                case Attempt.Answered answered -> {
                    return answered.answer();
                }
                case Attempt.Failed failed -> trouble = telling ? failed.trouble() : trouble;
            }
        }
        throw trouble.asFailure();
    }

    /// Asks once.
    Attempt attempt(Call call, Deadline deadline) throws InterruptedException {
        requireOpen();
        try {
            Answer answer = connection.send(call, deadline);
            return Trouble.isPassing(answer.status())
                    ? new Attempt.Failed(Trouble.of(answer.status(), answer.reason()))
                    : new Attempt.Answered(answer);
        } catch (IOException silent) {
            requireOpen();
            return new Attempt.Failed(Trouble.silent(reason(silent)));
        }
    }

    /// Waits before the next attempt.
    ///
    /// @param failures so far, at least 1
    /// @return false, at once, if the deadline leaves no time for it
    boolean pauseAfter(int failures, Deadline deadline) throws InterruptedException {
        long millis = backOff.millisAfter(failures);
        if (TimeUnit.MILLISECONDS.toNanos(millis) >= deadline.remainingNanos(ticker)) {
            return false;
        }
        pause(millis);
        return true;
    }

    /// Waits; shorter if it is closed meanwhile.
    ///
    /// @throws Unavailable if it is closed
    void pause(long millis) throws InterruptedException {
        if (closed.await(millis, TimeUnit.MILLISECONDS)) {
            requireOpen();
        }
    }

    void requireOpen() {
        if (closed.getCount() == 0) {
            throw new Unavailable(Trouble.UNAVAILABLE, "the connection to OpenSearch is closed");
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            connection.close();
        } catch (IOException unclean) {
            throw new IllegalStateException("the connection to OpenSearch cannot be closed", unclean);
        }
    }

    private static String reason(IOException failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost == failure
                ? String.valueOf(failure.getMessage())
                : failure.getMessage() + " (" + innermost + ")";
    }
}
