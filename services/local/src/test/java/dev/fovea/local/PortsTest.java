package dev.fovea.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void takesAnotherPortIfTheUsualOneIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.choose("--grpc-port", OptionalInt.empty(), taken.getLocalPort()))
                    .isNotEqualTo(taken.getLocalPort())
                    .isPositive();
        }
    }

    @Test
    void refusesAWantedPortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> Ports.choose("--grpc-port", OptionalInt.of(port), 9000))
                    .hasMessage("--grpc-port " + port + " is in use by another program");
        }
    }
}
