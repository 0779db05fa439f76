package dev.fovea.classification.wiring;

import com.google.protobuf.ByteString;
import dev.fovea.classification.Textures;
import dev.fovea.proto.v1.ClassifyRequest;
import dev.fovea.proto.v1.FineGrainedClassificationGrpc;
import dev.fovea.proto.v1.ImageInput;
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
final class ClassifyLoad implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(25);

    private final List<ManagedChannel> channels = new ArrayList<>();
    private final List<FutureTask<String>> callers = new ArrayList<>();
    private final Semaphore answers = new Semaphore(0);

    ClassifyLoad(int port, int count) {
        var request = ClassifyRequest.newBuilder()
                .setImage(ImageInput.newBuilder().setContent(ByteString.copyFrom(Textures.png("dots", 3))))
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

    private Callable<String> askUntilRefused(ManagedChannel channel, ClassifyRequest request, Duration pause) {
        return () -> {
            var service = FineGrainedClassificationGrpc.newBlockingStub(channel);
            try {
                while (true) {
                    service.withDeadlineAfter(30, TimeUnit.SECONDS).classify(request);
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
