package dev.fovea.tests.service;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// Callers that ask again and again until they are refused, the first without a pause, each other one with a
/// longer one: at any moment of the drain some are in flight and some come new.
public final class CallLoad implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(25);

    private final List<ManagedChannel> channels = new ArrayList<>();
    private final List<FutureTask<String>> callers = new ArrayList<>();
    private final Semaphore answers = new Semaphore(0);

    /// Starts at once.
    ///
    /// @param port of a service on this machine
    /// @param count of callers, each with a connection of its own
    /// @param call asks once; throws as a blocking stub does
    public CallLoad(int port, int count, Consumer<Channel> call) {
        for (int i = 0; i < count; i++) {
            ManagedChannel channel = ManagedChannelBuilder.forAddress("localhost", port)
                    .usePlaintext()
                    .build();
            channels.add(channel);
            var caller = new FutureTask<>(askUntilRefused(channel, call, PAUSE.multipliedBy(i)));
            callers.add(caller);
            Thread.ofVirtual().start(caller);
        }
    }

    /// Waits until that many more calls have been answered.
    public void awaitAnswers(int count) throws InterruptedException {
        answers.acquire(count);
    }

    /// What ended each caller: the status' code and description.
    public List<String> lastWords() throws InterruptedException, ExecutionException {
        List<String> words = new ArrayList<>();
        for (var caller : callers) {
            words.add(caller.get());
        }
        return words;
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
    }

    private Callable<String> askUntilRefused(Channel channel, Consumer<Channel> call, Duration pause) {
        return () -> {
            try {
                while (true) {
                    call.accept(channel);
                    answers.release();
                    Thread.sleep(pause);
                }
            } catch (StatusRuntimeException refused) {
                return refused.getStatus().getCode() + ": "
                        + refused.getStatus().getDescription();
            }
        };
    }
}
