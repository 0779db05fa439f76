package dev.fovea.patches.wiring;

import com.google.protobuf.ByteString;
import dev.fovea.proto.v1.DescribeRequest;
import dev.fovea.proto.v1.PatchDescriptionGrpc;
import dev.fovea.proto.v1.Patches;
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
import java.util.concurrent.TimeUnit;

/// Callers that ask again and again until they are refused, the first without a pause, each other one with a
/// longer one: at any moment of the drain some are in flight and some come new.
final class DescribeLoad implements AutoCloseable {

    private static final int SIDE = 32;
    private static final int PATCHES = 256;
    private static final Duration PAUSE = Duration.ofMillis(25);

    private final List<ManagedChannel> channels = new ArrayList<>();
    private final List<FutureTask<String>> callers = new ArrayList<>();
    private final Semaphore answers = new Semaphore(0);

    DescribeLoad(int port, int count) {
        var request = DescribeRequest.newBuilder()
                .setPatches(Patches.newBuilder()
                        .setSize(SIDE)
                        .setData(ByteString.copyFrom(new byte[PATCHES * SIDE * SIDE])))
                .build();
        for (int i = 0; i < count; i++) {
            ManagedChannel channel = ManagedChannelBuilder.forAddress("localhost", port)
                    .usePlaintext()
                    .build();
            channels.add(channel);
            var caller = new FutureTask<>(askUntilRefused(channel, request, PAUSE.multipliedBy(i)));
            callers.add(caller);
            Thread.ofVirtual().start(caller);
        }
    }

    void awaitAnswers(int count) throws InterruptedException {
        answers.acquire(count);
    }

    /// What ended each caller.
    List<String> lastWords() throws InterruptedException, ExecutionException {
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

    private Callable<String> askUntilRefused(ManagedChannel channel, DescribeRequest request, Duration pause) {
        return () -> {
            var service = PatchDescriptionGrpc.newBlockingStub(channel);
            try {
                while (true) {
                    service.withDeadlineAfter(30, TimeUnit.SECONDS).describe(request);
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
