package dev.fovea.quarkus.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.inference.Ticker;
import dev.fovea.quarkus.parts.ServicePart;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProbePortTest {

    private volatile Optional<String> problem = Optional.empty();
    private final ServiceHealth health = new ServiceHealth(
            List.of(),
            Map::of,
            List.of(new ServicePart() {
                @Override
                public String name() {
                    return "index";
                }

                @Override
                public Optional<String> problem() {
                    return problem;
                }

                @Override
                public void close() {}
            }),
            new ServiceHealth.Rules(false, Duration.ofMinutes(1), Duration.ofMinutes(1)),
            Ticker.system());
    private final ProbePort port = new ProbePort(health, "localhost", OptionalInt.of(0));
    private ManagedChannel channel;

    @BeforeEach
    void start() {
        port.start();
        channel = ManagedChannelBuilder.forAddress("localhost", port.port())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        port.close();
    }

    @Test
    void everyKindOfProbeHasItsName() {
        problem = Optional.of("it is full");

        assertThat(status("startup")).isEqualTo(ServingStatus.SERVING);
        assertThat(status("liveness")).isEqualTo(ServingStatus.SERVING);
        assertThat(status("readiness")).isEqualTo(ServingStatus.NOT_SERVING);
        assertThat(status("")).isEqualTo(ServingStatus.NOT_SERVING);
    }

    @Test
    void readinessIsLookedAtWhenAsked() {
        assertThat(status("readiness")).isEqualTo(ServingStatus.SERVING);

        health.drain();

        assertThat(status("readiness")).isEqualTo(ServingStatus.NOT_SERVING);
        assertThat(status("liveness")).isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void anUnknownNameIsNotFound() {
        assertThatThrownBy(() -> status("ready")).isInstanceOfSatisfying(StatusRuntimeException.class, thrown -> {
            assertThat(thrown.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
            assertThat(thrown).hasMessageContaining("startup, readiness, liveness");
        });
    }

    @Test
    void aWatcherIsToldWhatIsAndWhatChanges() {
        Iterator<HealthCheckResponse> told = HealthGrpc.newBlockingStub(channel)
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .watch(request("readiness"));
        assertThat(told.next().getStatus()).isEqualTo(ServingStatus.SERVING);

        port.refresh();
        health.drain();
        port.refresh();

        assertThat(told.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
    }

    @Test
    void aPortThatIsTakenEndsTheStart() {
        try (var second = new ProbePort(health, "localhost", OptionalInt.of(port.port()))) {
            assertThatThrownBy(second::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("fovea.health.grpc-port = " + port.port() + " cannot be listened on");
        }
    }

    @Test
    void withoutAPortNothingIsStarted() {
        try (var none = new ProbePort(health, "localhost", OptionalInt.empty())) {
            none.start();

            assertThatThrownBy(none::port).isInstanceOf(java.util.NoSuchElementException.class);
        }
    }

    private ServingStatus status(String name) {
        return HealthGrpc.newBlockingStub(channel)
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .check(request(name))
                .getStatus();
    }

    private static HealthCheckRequest request(String name) {
        return HealthCheckRequest.newBuilder().setService(name).build();
    }
}
