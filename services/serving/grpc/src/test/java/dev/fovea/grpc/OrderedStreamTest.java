package dev.fovea.grpc;

import static dev.fovea.grpc.EchoService.request;
import static dev.fovea.grpc.EchoService.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.proto.v1.DescribeRequest;
import dev.fovea.proto.v1.DescribeStreamResponse;
import dev.fovea.proto.v1.PatchDescriptionGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// In-process and on the caller's thread: what was sent has arrived, or will not before an answer is taken.
@Timeout(60)
class OrderedStreamTest {
    private static final int WINDOW = 4;

    private final Threads threads = new Threads();
    private final CallExecutor calls = new CallExecutor(
            threads, new StatusMapping(() -> "incident-1"), Ticker.system(), Duration.ofSeconds(30), Integer.MAX_VALUE);
    private final CompletableFuture<Server> server = new CompletableFuture<>();
    private final CompletableFuture<ManagedChannel> channel = new CompletableFuture<>();
    private final Answers<DescribeRequest, DescribeStreamResponse> answers = new Answers<>();

    @AfterEach
    void stop() throws InterruptedException {
        channel.join().shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        server.join().shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }

    @Test
    void answersInTheOrderOfTheRequests() throws Exception {
        var secondIsDone = new CountDownLatch(1);
        serve((request, _) -> {
            if (request.getId().equals("first")) {
                secondIsDone.await();
            } else {
                secondIsDone.countDown();
            }
            return response(request);
        });

        answers.call().onNext(request("first"));
        answers.call().onNext(request("second"));
        answers.call().onCompleted();

        assertThat(answers.next().getId()).isEqualTo("first");
        assertThat(answers.next().getId()).isEqualTo("second");
        assertThat(answers.awaitEnd()).isEmpty();
    }

    @Test
    void takesNoMoreRequestsThanTheWindowWhileTheModelIsSlow() throws Exception {
        var release = new CountDownLatch(1);
        serve((request, _) -> {
            release.await();
            return response(request);
        });

        IntStream.range(0, 100).forEach(i -> answers.call().onNext(request(i)));

        assertThat(threads.count()).isEqualTo(WINDOW);
        release.countDown();
        assertThat(read(100)).isEqualTo(ids(100));
    }

    @Test
    void takesNoMoreRequestsThanTheWindowWhileTheClientDoesNotRead() throws Exception {
        serve((request, _) -> response(request));

        IntStream.range(0, 100).forEach(i -> answers.call().onNext(request(i)));
        threads.join();

        assertThat(answers.unread()).isEmpty();
        assertThat(threads.count()).isEqualTo(WINDOW);
        assertThat(read(100)).isEqualTo(ids(100));
        assertThat(threads.count()).isEqualTo(100);
    }

    @Test
    void aFailedRequestIsAnsweredWithItsFailureAndTheStreamGoesOn() throws Exception {
        serve((request, _) -> {
            if (request.getId().equals("bad")) {
                throw new InvalidInput("X", "nine is too much", 9, 8);
            }
            return response(request);
        });

        List.of("good", "bad", "better").forEach(id -> answers.call().onNext(request(id)));
        answers.call().onCompleted();

        assertThat(answers.next().hasResponse()).isTrue();
        var failed = answers.next();
        assertThat(failed.getId()).isEqualTo("bad");
        assertThat(failed.getFailure().getCode()).isEqualTo("X");
        assertThat(failed.getFailure().getValue()).isEqualTo("9");
        assertThat(failed.getFailure().getLimit()).isEqualTo("8");
        assertThat(answers.next().getResponse().getId()).isEqualTo("better");
        assertThat(answers.awaitEnd()).isEmpty();
    }

    @Test
    void anUnexpectedExceptionIsAnIncidentOfThatRequestOnly() throws Exception {
        serve((request, _) -> {
            if (request.getId().equals("bad")) {
                throw new IllegalStateException("secret");
            }
            return response(request);
        });

        List.of("bad", "good").forEach(id -> answers.call().onNext(request(id)));

        assertThat(answers.next().getFailure().getMessage()).isEqualTo("internal error, incident incident-1");
        assertThat(answers.next().hasResponse()).isTrue();
    }

    @Test
    void cancellingTheStreamInterruptsAllItsRequests() throws Exception {
        var started = new CountDownLatch(WINDOW);
        var interrupted = new CountDownLatch(WINDOW);
        serve((request, _) -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException expected) {
                interrupted.countDown();
                throw expected;
            }
            return response(request);
        });
        IntStream.range(0, 10).forEach(i -> answers.call().onNext(request(i)));
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();

        answers.call().cancel("enough", null);

        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        threads.join();
        assertThat(answers.awaitEnd()).isPresent();
        assertThat(threads.count()).isEqualTo(WINDOW);
    }

    @Test
    void anEmptyStreamEndsWhenTheClientDoes() throws Exception {
        serve((request, _) -> response(request));

        answers.call().onCompleted();

        assertThat(answers.awaitEnd()).isEmpty();
    }

    private List<String> read(int count) throws InterruptedException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(answers.next().getId());
        }
        return ids;
    }

    private static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }

    private void serve(EchoService.Answering answering) throws IOException {
        String name = InProcessServerBuilder.generateName();
        server.complete(InProcessServerBuilder.forName(name)
                .directExecutor()
                .addService(new EchoService(calls, WINDOW, answering))
                .build()
                .start());
        channel.complete(InProcessChannelBuilder.forName(name).directExecutor().build());
        PatchDescriptionGrpc.newStub(channel.join()).describeStream(answers);
    }
}
