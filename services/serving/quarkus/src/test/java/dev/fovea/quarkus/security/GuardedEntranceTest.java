package dev.fovea.quarkus.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.grpc.Admission;
import dev.fovea.grpc.AdmissionInterceptor;
import dev.fovea.grpc.AdmissionLimits;
import dev.fovea.grpc.StatusMapping;
import dev.fovea.grpc.auth.AuthenticationInterceptor;
import dev.fovea.grpc.auth.MethodRules;
import dev.fovea.grpc.auth.StaticTokens;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server that has room for one call.
@Timeout(60)
class GuardedEntranceTest {

    private static final String TOKEN = "token-of-somebody-known-1";
    private static final String METHOD = "fovea.v1.PatchDescription/Describe";

    private final AtomicInteger parsed = new AtomicInteger();
    private final List<String> refusals = Collections.synchronizedList(new ArrayList<>());
    private final Admission admission = new Admission(new AdmissionLimits(1, 1, 1 << 20, Duration.ZERO));
    private final MethodDescriptor<String, String> method = MethodDescriptor.newBuilder(
                    new CountedTexts(), new CountedTexts())
            .setType(MethodType.UNARY)
            .setFullMethodName(METHOD)
            .build();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final Server server;
    private ManagedChannel channel;

    GuardedEntranceTest(@TempDir Path folder) throws IOException {
        Path tokens = Files.writeString(folder.resolve("tokens"), "somebody role " + TOKEN + "\n");
        var authentication = new AuthenticationInterceptor(
                new StaticTokens("tokens", tokens), MethodRules.of(Map.of(), Set.of(METHOD)), refusals::add);
        server = NettyServerBuilder.forAddress(new InetSocketAddress("localhost", 0))
                .addService(ServerServiceDefinition.builder("fovea.v1.PatchDescription")
                        .addMethod(method, ServerCalls.asyncUnaryCall(this::answer))
                        .build())
                .intercept(new GuardedEntrance(
                        Optional.of(authentication),
                        new AdmissionInterceptor(admission, new StatusMapping(() -> "incident-1"))))
                .build();
    }

    private void answer(String request, StreamObserver<String> observer) {
        entered.countDown();
        if (!request.equals("stay")) {
            observer.onNext(request);
            observer.onCompleted();
        }
    }

    @BeforeEach
    void start() throws IOException {
        server.start();
        channel = NettyChannelBuilder.forAddress("localhost", server.getPort())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() throws InterruptedException {
        channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }

    @Test
    void theMessageOfAStrangerIsNotParsed() {
        assertThat(call(channel)).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(call(with("token-of-nobody-at-all-00"))).isEqualTo(Status.Code.UNAUTHENTICATED);

        assertThat(parsed).hasValue(0);
        assertThat(refusals).containsExactly("TOKEN_MISSING", "TOKEN_INVALID");
        assertThat(admission.calls()).isZero();
        assertThat(call(with(TOKEN))).isEqualTo(Status.Code.OK);
        assertThat(parsed).hasValue(2); // the request and its answer
    }

    @Test
    void aStrangerIsRefusedAsSuchWhereThereIsNoRoom() throws Exception {
        // Given
        var staying = ClientCalls.futureUnaryCall(with(TOKEN).newCall(method, CallOptions.DEFAULT), "stay");
        entered.await();

        // Then
        assertThat(call(channel)).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(call(with(TOKEN))).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        staying.cancel(true);
    }

    private Channel with(String token) {
        var headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private Status.Code call(Channel through) {
        try {
            ClientCalls.blockingUnaryCall(through, method, CallOptions.DEFAULT, "hello");
            return Status.Code.OK;
        } catch (StatusRuntimeException refused) {
            return refused.getStatus().getCode();
        }
    }

    /// Counts what is parsed, on either side.
    private final class CountedTexts implements Marshaller<String> {

        @Override
        public InputStream stream(String text) {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream bytes) {
            parsed.incrementAndGet();
            try {
                return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }
}
