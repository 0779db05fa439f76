package dev.fovea.quarkus.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.grpc.tls.PemFile;
import dev.fovea.grpc.tls.TlsFiles;
import dev.fovea.tests.support.Certificates;
import dev.fovea.tests.support.Certificates.Issued;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurrentTlsTest {

    private final Path folder;
    private final Certificates first;
    private final Certificates second;
    private final Issued served;
    private final CurrentTls tls;
    private Server server;

    CurrentTlsTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        first = new Certificates(folder.resolve("first"));
        second = new Certificates(folder.resolve("second"));
        served = first.issue("server");
        Path clientCa = Files.copy(first.authority(), folder.resolve("client-ca.pem"));
        tls = new CurrentTls(new TlsFiles(
                new PemFile("certificate", served.certificate()),
                new PemFile("key", served.key()),
                Optional.of(new PemFile("client-ca", clientCa))));
    }

    @BeforeEach
    void serve() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress("localhost", 0))
                .sslContext(tls)
                .addService(new HealthGrpc.HealthImplBase() {
                    @Override
                    public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
                        observer.onNext(HealthCheckResponse.getDefaultInstance());
                        observer.onCompleted();
                    }
                })
                .build()
                .start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }

    @Test
    void aClientWithACertificateOfTheAuthorityIsServed() throws Exception {
        assertThat(call(trusting(first, first.issue("client")))).isEqualTo(Status.Code.OK);
    }

    @Test
    void aClientWithoutACertificateIsNotServed() throws Exception {
        var credentials = TlsChannelCredentials.newBuilder()
                .trustManager(first.authority().toFile())
                .build();

        assertThat(call(credentials)).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void aClientWithACertificateOfAnotherAuthorityIsNotServed() throws Exception {
        assertThat(call(trusting(first, second.issue("client")))).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void aChangedCertificateHoldsForNewConnectionsAndOpenOnesStay() throws Exception {
        // Given
        Issued client = first.issue("client");
        ManagedChannel open = channel(trusting(first, client));
        assertThat(call(open)).isEqualTo(Status.Code.OK);

        // When
        second.issue("server").replace(served);
        tls.look();

        // Then
        assertThat(call(trusting(second, client))).isEqualTo(Status.Code.OK);
        assertThat(call(trusting(first, client))).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(call(open)).isEqualTo(Status.Code.OK);
        open.shutdownNow();
    }

    /// A resumed session would let the client in without another look at its certificate.
    @Test
    void aChangedAuthorityHoldsForClientsThatWereServedBefore() throws Exception {
        // Given: one set of credentials, so that sessions could be resumed
        ChannelCredentials old = trusting(first, first.issue("client"));
        assertThat(call(old)).isEqualTo(Status.Code.OK);

        // When
        Files.copy(
                second.authority(), folder.resolve("client-ca.pem"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        tls.look();

        // Then
        assertThat(call(old)).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(call(trusting(first, second.issue("client")))).isEqualTo(Status.Code.OK);
    }

    @Test
    void filesThatCannotBeUsedChangeNothing() throws Exception {
        Issued client = first.issue("client");

        // When: half of a rotation
        Files.copy(
                second.issue("server").certificate(),
                served.certificate(),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        tls.look();

        // Then
        assertThat(call(trusting(first, client))).isEqualTo(Status.Code.OK);
    }

    @Test
    void unusableFilesAreRefusedAtStart() throws IOException {
        Files.delete(served.key());

        assertThatThrownBy(() -> new CurrentTls(new TlsFiles(
                        new PemFile("certificate", served.certificate()),
                        new PemFile("key", served.key()),
                        Optional.empty())))
                .hasMessage("key = " + served.key() + " does not exist");
    }

    private static ChannelCredentials trusting(Certificates authority, Issued shown) throws IOException {
        return TlsChannelCredentials.newBuilder()
                .trustManager(authority.authority().toFile())
                .keyManager(shown.certificate().toFile(), shown.key().toFile())
                .build();
    }

    private Status.Code call(ChannelCredentials credentials) {
        ManagedChannel channel = channel(credentials);
        try {
            return call(channel);
        } finally {
            channel.shutdownNow();
        }
    }

    private ManagedChannel channel(ChannelCredentials credentials) {
        return Grpc.newChannelBuilder("localhost:" + server.getPort(), credentials)
                .build();
    }

    private static Status.Code call(ManagedChannel channel) {
        try {
            HealthGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(20, TimeUnit.SECONDS)
                    .check(HealthCheckRequest.getDefaultInstance());
            return Status.Code.OK;
        } catch (StatusRuntimeException failed) {
            return failed.getStatus().getCode();
        }
    }
}
