package dev.fovea.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.proto.v1.DescribeResponse;
import dev.fovea.proto.v1.PatchDescriptionGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CallExecutorTest {
    private static final int MAX_BYTES = 1_000;

    private final Threads threads = new Threads();
    private final AtomicLong now = new AtomicLong(1_000);
    private final CallExecutor calls = new CallExecutor(
            threads, new StatusMapping(() -> "incident-1"), now::get, Duration.ofSeconds(30), MAX_BYTES);
    private final CompletableFuture<Server> server = new CompletableFuture<>();
    private final CompletableFuture<ManagedChannel> channel = new CompletableFuture<>();

    @AfterEach
    void stop() throws InterruptedException {
        channel.join().shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        server.join().shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }

    @Test
    void answersOnAVirtualThreadOfTheExecutor() throws IOException {
        var ranOn = new CompletableFuture<Thread>();
        var client = serve((request, _) -> {
            ranOn.complete(Thread.currentThread());
            return EchoService.response(request);
        });

        DescribeResponse answer = client.describe(EchoService.request("a"));

        assertThat(answer.getId()).isEqualTo("a");
        assertThat(ranOn.join().isVirtual()).isTrue();
        assertThat(threads.count()).isEqualTo(1);
    }

    @Test
    void aCallWithoutDeadlineGetsTheDefault() throws IOException {
        var seen = new CompletableFuture<Deadline>();
        var client = serve((request, deadline) -> {
            seen.complete(deadline);
            return EchoService.response(request);
        });

        client.describe(EchoService.request("a"));

        assertThat(seen.join().remainingNanos(now::get))
                .isEqualTo(Duration.ofSeconds(30).toNanos());
    }

    @Test
    void theCallersDeadlineReachesTheWork() throws IOException {
        var seen = new CompletableFuture<Deadline>();
        var client = serve((request, deadline) -> {
            seen.complete(deadline);
            return EchoService.response(request);
        });

        client.withDeadlineAfter(2, TimeUnit.HOURS).describe(EchoService.request("a"));

        assertThat(seen.join().remainingNanos(now::get))
                .isGreaterThan(Duration.ofHours(1).toNanos())
                .isLessThanOrEqualTo(Duration.ofHours(2).toNanos());
    }

    @Test
    void aFailureBecomesItsStatus() throws IOException {
        var client = serve((_, _) -> {
            throw new InvalidInput("X", "nine is too much", 9, 8);
        });

        assertThatThrownBy(() -> client.describe(EchoService.request("a")))
                .isInstanceOfSatisfying(StatusRuntimeException.class, thrown -> {
                    assertThat(thrown.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
                    assertThat(thrown.getStatus().getDescription()).isEqualTo("nine is too much");
                });
    }

    @Test
    void aMessageOverTheLimitIsRefusedWithCodeValueAndLimit() throws IOException {
        var client = serve((request, _) -> EchoService.response(request));
        var large = EchoService.request("a".repeat(MAX_BYTES));

        assertThatThrownBy(() -> client.describe(large))
                .isInstanceOfSatisfying(StatusRuntimeException.class, thrown -> {
                    assertThat(thrown.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
                    assertThat(thrown.getStatus().getDescription())
                            .isEqualTo("the encoded request has " + large.getSerializedSize()
                                    + " bytes; the limit is 1000 bytes");
                });
        assertThat(threads.count()).isZero();
    }

    @Test
    void anErrorInTheWorkBecomesAnInternalStatus() throws IOException {
        var client = serve((_, _) -> {
            throw new StackOverflowError();
        });

        assertThatThrownBy(() -> client.describe(EchoService.request("a")))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessage("INTERNAL: internal error, incident incident-1");
    }

    @Test
    void cancellingACallInterruptsItsThread() throws Exception {
        var started = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        serve((request, _) -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException expected) {
                interrupted.countDown();
                throw expected;
            }
            return EchoService.response(request);
        });
        var call = PatchDescriptionGrpc.newFutureStub(channel.join()).describe(EchoService.request("a"));
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();

        call.cancel(true);

        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        threads.join();
    }

    @Test
    void aDeadlineThatPassesInterruptsTheThread() throws Exception {
        var interrupted = new CountDownLatch(1);
        var client = serve((request, _) -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException expected) {
                interrupted.countDown();
                throw expected;
            }
            return EchoService.response(request);
        });

        assertThatThrownBy(() ->
                        client.withDeadlineAfter(200, TimeUnit.MILLISECONDS).describe(EchoService.request("a")))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        thrown -> assertThat(thrown.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED));
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private PatchDescriptionGrpc.PatchDescriptionBlockingStub serve(EchoService.Answering answering)
            throws IOException {
        server.complete(NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new EchoService(calls, 4, answering))
                .build()
                .start());
        channel.complete(NettyChannelBuilder.forAddress(new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), server.join().getPort()))
                .usePlaintext()
                .build());
        return PatchDescriptionGrpc.newBlockingStub(channel.join());
    }
}
