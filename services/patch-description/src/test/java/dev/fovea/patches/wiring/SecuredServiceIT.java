package dev.fovea.patches.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.fovea.builder.FoveaProgram;
import dev.fovea.proto.v1.DescribeRequest;
import dev.fovea.proto.v1.InfoRequest;
import dev.fovea.proto.v1.PatchDescriptionGrpc;
import dev.fovea.proto.v1.Patches;
import dev.fovea.proto.v1.ServiceInfoGrpc;
import dev.fovea.tests.service.BuiltRepository;
import dev.fovea.tests.service.GrpcHealth;
import dev.fovea.tests.support.Certificates;
import dev.fovea.tests.support.Certificates.Issued;
import dev.fovea.tests.support.ServiceProcess;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The built application with TLS, client certificates, tokens and a port for probes. The tests share one process;
/// those that change its files and end it come last.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecuredServiceIT {

    private static final String DESCRIBER = "token-of-the-describer-1";
    private static final String READER = "token-of-the-reader-000002";
    private static final String LATER = "token-that-comes-later-0003";
    private static final DescribeRequest REQUEST = DescribeRequest.newBuilder()
            .setPatches(Patches.newBuilder().setSize(32).setData(ByteString.copyFrom(new byte[32 * 32])))
            .build();

    private static Path log = Path.of("");
    private static Path tokens = Path.of("");
    private static Certificates first;
    private static Certificates second;
    private static Issued served;
    private static Issued client;
    private static ServiceProcess service;
    private static int probePort;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        first = new Certificates(folder.resolve("first"));
        second = new Certificates(folder.resolve("second"));
        served = first.issue("server");
        client = first.issue("client");
        tokens = Files.writeString(
                folder.resolve("tokens"), "describer describe " + DESCRIBER + "\nreader read,look " + READER + "\n");
        log = folder.resolve("service.log");
        probePort = freePort();
        service = ServiceProcess.start(
                "patch-description",
                log,
                Map.ofEntries(
                        Map.entry(
                                "fovea.models.repository",
                                BuiltRepository.in(folder, "siftnet").toString()),
                        Map.entry(
                                "fovea.grpc.tls.certificate",
                                served.certificate().toString()),
                        Map.entry("fovea.grpc.tls.key", served.key().toString()),
                        Map.entry("fovea.grpc.tls.client-ca", first.authority().toString()),
                        Map.entry("fovea.grpc.tls.reload", "1s"),
                        Map.entry("fovea.grpc.auth.tokens-file", tokens.toString()),
                        Map.entry("fovea.grpc.auth.allow.\"fovea.v1.PatchDescription/*\"", "describe, all"),
                        Map.entry("fovea.grpc.auth.allow.\"*\"", "*"),
                        Map.entry("fovea.health.grpc-port", Integer.toString(probePort))));
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
    }

    @Test
    void aCallerWithCertificateTokenAndRoleIsAnswered() throws Exception {
        assertThat(describe(trusting(first, client), DESCRIBER)).isEqualTo("OK");
    }

    @Test
    void theCommandLineChecksItWithCertificateAndToken(@TempDir Path folder) throws Exception {
        Path token = Files.writeString(folder.resolve("token"), DESCRIBER + "\n");

        assertThat(check("--client-certificate", client.certificate(), "--client-key", client.key()))
                .contains("TOKEN_MISSING");
        assertThat(check(
                        "--client-certificate",
                        client.certificate(),
                        "--client-key",
                        client.key(),
                        "--token-file",
                        token))
                .contains("siftnet@1", "keypoints");
    }

    /// What `fovea check` prints.
    private static String check(Object... options) {
        List<String> words = new ArrayList<>(List.of("check", "--server", "localhost:" + service.grpcPort()));
        words.addAll(List.of("--ca", first.authority().toString()));
        Arrays.stream(options).map(Object::toString).forEach(words::add);
        var said = new StringWriter();
        new FoveaProgram(new PrintWriter(said), new PrintWriter(said)).run(words.toArray(String[]::new));
        return said.toString();
    }

    @Test
    void aCallerWithoutACertificateIsNotConnected() throws Exception {
        var credentials = TlsChannelCredentials.newBuilder()
                .trustManager(first.authority().toFile())
                .build();

        assertThat(describe(credentials, DESCRIBER)).startsWith("UNAVAILABLE");
        assertThat(describe(trusting(first, second.issue("stranger")), DESCRIBER))
                .startsWith("UNAVAILABLE");
        assertThat(describe(InsecureChannelCredentials.create(), DESCRIBER)).startsWith("UNAVAILABLE");
    }

    @Test
    void aCallerWithoutAGoodTokenIsNotKnown() throws Exception {
        assertThat(describe(trusting(first, client), "")).startsWith("UNAUTHENTICATED: fovea.v1.PatchDescription");
        assertThat(describe(trusting(first, client), "token-of-nobody-at-all"))
                .isEqualTo("UNAUTHENTICATED: the token is refused: it is no token of this service");
        assertThat(service.get("/q/metrics").body())
                .containsPattern("fovea_grpc_refused_calls_total\\{code=\"TOKEN_MISSING\".*} [1-9]")
                .containsPattern("fovea_grpc_refused_calls_total\\{code=\"TOKEN_INVALID\".*} [1-9]")
                .containsPattern("fovea_grpc_refused_calls_total\\{code=\"SERVER_OVERLOADED\".*} 0")
                .containsPattern("fovea_ready(\\{.*})? 1.0");
    }

    @Test
    void aCallerWithoutTheRoleMayNotCall() throws Exception {
        assertThat(describe(trusting(first, client), READER))
                .isEqualTo("PERMISSION_DENIED: reader may not call fovea.v1.PatchDescription/Describe; these roles may:"
                        + " all, describe");
        assertThat(info(READER)).isEqualTo("OK");
    }

    @Test
    void healthNeedsNoTokenAndProbesNeedNoTls() throws Exception {
        withChannel(trusting(first, client), service.grpcPort(), channel -> assertThat(GrpcHealth.of(channel, ""))
                .isEqualTo(ServingStatus.SERVING));
        withChannel(InsecureChannelCredentials.create(), probePort, channel -> {
            for (String probe : new String[] {"startup", "readiness", "liveness", ""}) {
                assertThat(GrpcHealth.of(channel, probe)).as(probe).isEqualTo(ServingStatus.SERVING);
            }
        });
    }

    @Test
    @Order(2_000_000_001)
    void aChangedFileOfTokensHoldsWithoutARestart() throws Exception {
        assertThat(info(LATER)).startsWith("UNAUTHENTICATED");

        Files.writeString(tokens, "describer describe " + DESCRIBER + "\nlater read " + LATER + "\n");

        await(() -> info(LATER).equals("OK"));
        assertThat(info(READER)).startsWith("UNAUTHENTICATED");
    }

    @Test
    @Order(2_000_000_002)
    void aBrokenFileOfTokensChangesNothing() throws Exception {
        Files.writeString(tokens, "later read " + LATER + " and more\n");

        await(() -> read(log).contains("the file of tokens cannot be used"));
        assertThat(info(LATER)).isEqualTo("OK");
    }

    @Test
    @Order(2_000_000_003)
    void aChangedCertificateHoldsWithoutARestart() throws Exception {
        second.issue("server").replace(served);

        await(() -> describe(trusting(second, client), DESCRIBER).equals("OK"));
        assertThat(describe(trusting(first, client), DESCRIBER)).startsWith("UNAVAILABLE");
    }

    @Test
    @Order(2_000_000_004)
    void probesAreToldOfTheEndAndTheLogHoldsNoToken() throws Exception {
        withChannel(InsecureChannelCredentials.create(), probePort, channel -> {
            Iterator<HealthCheckResponse> told = HealthGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(60, TimeUnit.SECONDS)
                    .watch(HealthCheckRequest.newBuilder()
                            .setService("readiness")
                            .build());
            assertThat(told.next().getStatus()).isEqualTo(ServingStatus.SERVING);

            service.process().destroy();

            assertThat(told.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
            assertThat(GrpcHealth.of(channel, "liveness")).isEqualTo(ServingStatus.SERVING);
        });
        assertThat(service.terminate()).isEqualTo(143);
        assertThat(read(log)).contains("drained: sessions are closed").doesNotContain(DESCRIBER, READER, LATER);
    }

    @Test
    void unusableSecurityEndsTheProcessAllAtOnce(@TempDir Path folder) throws Exception {
        Issued old = first.expired("old");
        Path wrong = Files.writeString(folder.resolve("tokens"), "somebody " + DESCRIBER + "\n");

        String said = ServiceProcess.refusal(
                "patch-description",
                folder.resolve("refusal.log"),
                Map.of(
                        "fovea.models.repository",
                                BuiltRepository.in(folder, "siftnet").toString(),
                        "fovea.grpc.tls.certificate", old.certificate().toString(),
                        "fovea.grpc.tls.key", old.key().toString(),
                        "fovea.grpc.auth.tokens-file", wrong.toString()));

        assertThat(said)
                .contains("2 problems")
                .contains("holds a certificate of CN=old that expired on")
                .contains(wrong + ", line 1 has 2 words, not 3")
                .doesNotContain(DESCRIBER)
                .doesNotContain("\tat ");
    }

    private static ChannelCredentials trusting(Certificates authority, Issued shown) throws IOException {
        return TlsChannelCredentials.newBuilder()
                .trustManager(authority.authority().toFile())
                .keyManager(shown.certificate().toFile(), shown.key().toFile())
                .build();
    }

    private static String describe(ChannelCredentials credentials, String token) {
        return outcome(credentials, token, channel -> PatchDescriptionGrpc.newBlockingStub(channel)
                .withDeadlineAfter(30, TimeUnit.SECONDS)
                .describe(REQUEST));
    }

    private static String info(String token) throws IOException {
        return outcome(trusting(first, client), token, channel -> ServiceInfoGrpc.newBlockingStub(channel)
                .withDeadlineAfter(30, TimeUnit.SECONDS)
                .info(InfoRequest.getDefaultInstance()));
    }

    /// `OK`, or the status with what it says.
    private static String outcome(ChannelCredentials credentials, String token, Consumer<Channel> call) {
        var headers = new Metadata();
        if (!token.isEmpty()) {
            headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        }
        var said = new StringBuilder("OK");
        withChannel(credentials, service.grpcPort(), channel -> {
            try {
                call.accept(ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers)));
            } catch (StatusRuntimeException refused) {
                said.replace(
                        0,
                        said.length(),
                        refused.getStatus().getCode() + ": "
                                + refused.getStatus().getDescription());
            }
        });
        return said.toString();
    }

    private static void withChannel(ChannelCredentials credentials, int port, Consumer<Channel> use) {
        ManagedChannel channel =
                Grpc.newChannelBuilder("localhost:" + port, credentials).build();
        try {
            use.accept(channel);
        } finally {
            channel.shutdownNow();
        }
    }

    private interface Look {
        boolean seen() throws Exception;
    }

    private static void await(Look look) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!look.seen()) {
            assertThat(System.nanoTime()).as("waited for a minute").isLessThan(end);
            Thread.sleep(200);
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
