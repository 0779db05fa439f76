package dev.fovea.grpc;

import static dev.fovea.grpc.EchoService.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.fovea.inference.Ticker;
import dev.fovea.proto.v1.DescribeRequest;
import dev.fovea.proto.v1.DescribeResponse;
import dev.fovea.proto.v1.DescribeStreamResponse;
import dev.fovea.proto.v1.InfoRequest;
import dev.fovea.proto.v1.PatchDescriptionGrpc;
import dev.fovea.proto.v1.Patches;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// On loopback, where connections are real.
@Timeout(60)
class AdmissionInterceptorTest {
    private static final int PER_CONNECTION = 3;
    private static final int WINDOW = 4;

    /// By its real name; the messages do not matter here.
    private static final MethodDescriptor<InfoRequest, InfoRequest> HEALTH_CHECK = MethodDescriptor.newBuilder(
                    ProtoUtils.marshaller(InfoRequest.getDefaultInstance()),
                    ProtoUtils.marshaller(InfoRequest.getDefaultInstance()))
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("grpc.health.v1.Health/Check")
            .build();

    private final Threads threads = new Threads();
    private final StatusMapping statuses = new StatusMapping(() -> "incident-1");
    private final Admission admission =
            new Admission(new AdmissionLimits(PER_CONNECTION, 5, 1 << 20, Duration.ofMillis(5)));
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger answered = new AtomicInteger();
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final Server server;

    AdmissionInterceptorTest() {
        var calls = new CallExecutor(threads, statuses, Ticker.system(), Duration.ofSeconds(30), Integer.MAX_VALUE);
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new EchoService(calls, WINDOW, (request, _) -> {
                    if (request.getId().startsWith("wait")) {
                        release.await();
                    }
                    answered.incrementAndGet();
                    return EchoService.response(request).toBuilder()
                            .setDescriptors(dev.fovea.proto.v1.Vectors.newBuilder()
                                    .setData(request.getPatches().getData()))
                            .build();
                }))
                .addService(ServerServiceDefinition.builder("grpc.health.v1.Health")
                        .addMethod(HEALTH_CHECK, ServerCalls.asyncUnaryCall((request, observer) -> {
                            observer.onNext(request);
                            observer.onCompleted();
                        }))
                        .build())
                .intercept(new AdmissionInterceptor(admission, statuses))
                .build();
    }

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        release.countDown();
        for (ManagedChannel channel : channels) {
            channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        }
        server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }

    @Test
    void refusesCallsOverTheLimitOfOneConnectionAndServesAnother() throws Exception {
        ManagedChannel busy = connect();
        List<ListenableFuture<DescribeResponse>> waiting = fill(busy, PER_CONNECTION);

        assertThatThrownBy(() -> PatchDescriptionGrpc.newBlockingStub(busy).describe(request("one more")))
                .isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
                    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                    assertThat(StatusMappingTest.detail(refused, ErrorInfo.class)
                                    .orElseThrow()
                                    .getReason())
                            .isEqualTo("CONNECTION_OVERLOADED");
                    assertThat(StatusMappingTest.detail(refused, RetryInfo.class))
                            .isPresent();
                });
        assertThat(PatchDescriptionGrpc.newBlockingStub(connect())
                        .describe(request("other"))
                        .getId())
                .isEqualTo("other");
        release.countDown();
        for (ListenableFuture<DescribeResponse> call : waiting) {
            assertThat(call.get().getId()).startsWith("wait");
        }
    }

    @Test
    void cancelledCallsMakeRoomOnceTheirWorkHasEnded() throws Exception {
        ManagedChannel channel = connect();
        for (int round = 0; round < 20; round++) {
            List<ListenableFuture<DescribeResponse>> waiting = fill(channel, PER_CONNECTION);
            waiting.forEach(call -> call.cancel(true));
            threads.join();
            awaitIdle();
        }

        assertThat(PatchDescriptionGrpc.newBlockingStub(channel)
                        .describe(request("after"))
                        .getId())
                .isEqualTo("after");
        awaitIdle(); // a call's room comes free just after its answer
        assertThat(admission.bytes()).isZero();
    }

    @Test
    void refusesNewCallsWhileDrainingAndLetsRunningOnesFinish() throws Exception {
        ManagedChannel channel = connect();
        List<ListenableFuture<DescribeResponse>> waiting = fill(channel, 1);

        admission.drain();

        assertThatThrownBy(() -> PatchDescriptionGrpc.newBlockingStub(channel).describe(request("late")))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refused -> assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
        release.countDown();
        assertThat(waiting.getFirst().get().getId()).isEqualTo("wait 0");
    }

    @Test
    void healthIsAnsweredEvenWhileDraining() {
        admission.drain();

        assertThat(ClientCalls.blockingUnaryCall(
                        connect(), HEALTH_CHECK, CallOptions.DEFAULT, InfoRequest.getDefaultInstance()))
                .isEqualTo(InfoRequest.getDefaultInstance());
    }

    @Test
    void anOpenStreamRefusesFurtherItemsWhileDraining() throws Exception {
        var answers = new Answers<DescribeRequest, DescribeStreamResponse>();
        PatchDescriptionGrpc.newStub(connect()).describeStream(answers);
        answers.call().onNext(request("before"));
        assertThat(answers.next().hasResponse()).isTrue();

        admission.drain();
        answers.call().onNext(request("after"));

        assertThat(answers.next().getFailure().getCode()).isEqualTo("DRAINING");
        answers.call().onCompleted();
        assertThat(answers.awaitEnd()).isEmpty();
    }

    @Test
    void answersThatNobodyTakesFillNoMoreThanTheirBytes() throws Exception {
        // Given: a megabyte for answers of 400 KB
        var payload = Patches.newBuilder()
                .setData(ByteString.copyFrom(new byte[400 << 10]))
                .build();
        var answers = new Answers<DescribeRequest, DescribeStreamResponse>();
        PatchDescriptionGrpc.newStub(connect()).describeStream(answers);

        // When: the first is on its way, two wait
        for (int i = 0; i < WINDOW; i++) {
            answers.call().onNext(request(i).toBuilder().setPatches(payload).build());
            awaitThreads(i + 1);
        }

        // Then
        assertThat(admission.answerBytes()).isBetween(800L << 10, 1L << 20);
        for (int i = 0; i < WINDOW - 1; i++) {
            assertThat(answers.next().hasResponse()).isTrue();
        }
        assertThat(answers.next().getFailure().getCode()).isEqualTo("SERVER_OVERLOADED");
        assertThat(admission.answerBytes()).isZero();
    }

    @Test
    void answersOfACancelledStreamCountNoLonger() throws Exception {
        var payload = Patches.newBuilder()
                .setData(ByteString.copyFrom(new byte[200 << 10]))
                .build();
        var answers = new Answers<DescribeRequest, DescribeStreamResponse>();
        PatchDescriptionGrpc.newStub(connect()).describeStream(answers);
        for (int i = 0; i < WINDOW; i++) {
            answers.call().onNext(request(i).toBuilder().setPatches(payload).build());
            awaitThreads(i + 1);
        }
        assertThat(admission.answerBytes()).isPositive();

        answers.call().cancel("enough", null);
        awaitIdle();

        assertThat(admission.answerBytes()).isZero();
    }

    @Test
    void anAnswerOfACallCountsUntilTheClientHasIt() throws Exception {
        var payload = Patches.newBuilder()
                .setData(ByteString.copyFrom(new byte[400 << 10]))
                .build();
        var answers = new Answers<DescribeRequest, DescribeResponse>();
        PatchDescriptionGrpc.newStub(connect())
                .describe(request("long").toBuilder().setPatches(payload).build(), answers);
        awaitThreads(1);
        assertThat(admission.answerBytes()).isGreaterThan(400 << 10);

        answers.next();
        awaitIdle();

        assertThat(admission.answerBytes()).isZero();
    }

    @Test
    void aClientThatDoesNotReadStopsItsOwnStream() throws Exception {
        int total = 400;
        var payload = Patches.newBuilder()
                .setData(ByteString.copyFrom(new byte[64 << 10]))
                .build();
        // What the transport may hold: the fixed flow-control window is two answers, the server begins a few more.
        int inTransport = 12;
        var answers = new Answers<DescribeRequest, DescribeStreamResponse>();
        PatchDescriptionGrpc.newStub(connect()).describeStream(answers);
        for (int i = 0; i < total; i++) {
            answers.call().onNext(request(i).toBuilder().setPatches(payload).build());
        }

        for (int i = 0; i < total; i++) {
            assertThat(answers.next().getId()).isEqualTo(String.valueOf(i));
            assertThat(answered.get()).isLessThanOrEqualTo(i + 1 + WINDOW + inTransport);
        }
        assertThat(answered.get()).isEqualTo(total);
    }

    /// Calls that wait in their work.
    private List<ListenableFuture<DescribeResponse>> fill(ManagedChannel channel, int count)
            throws InterruptedException {
        int before = threads.count();
        List<ListenableFuture<DescribeResponse>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            calls.add(PatchDescriptionGrpc.newFutureStub(channel).describe(request("wait " + i)));
        }
        while (threads.count() < before + count) {
            Thread.onSpinWait();
        }
        return calls;
    }

    /// Waits until so many items have been worked on.
    private void awaitThreads(int count) throws InterruptedException {
        while (threads.count() < count) {
            Thread.onSpinWait();
        }
        threads.join();
    }

    /// The transport lets go of a call a moment after its thread has ended.
    private void awaitIdle() {
        while (admission.calls() > 0) {
            Thread.onSpinWait();
        }
    }

    private ManagedChannel connect() {
        ManagedChannel channel = NettyChannelBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()))
                .usePlaintext()
                // Fixed: by default the transport grows it with the bandwidth it believes to see.
                .flowControlWindow(128 << 10)
                .build();
        channels.add(channel);
        return channel;
    }
}
