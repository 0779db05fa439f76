package dev.fovea.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void takesAnotherPortIfTheUsualOneIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PortChoice choice = usual("--grpc-port", taken.getLocalPort());

            assertThat(Ports.choose(List.of(choice)).of(choice))
                    .isNotEqualTo(taken.getLocalPort())
                    .isPositive();
        }
    }

    @Test
    void refusesAWantedPortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> Ports.choose(List.of(wanted("--grpc-port", port))))
                    .hasMessage("--grpc-port " + port + " is in use by another program");
        }
    }

    @Test
    void aWantedPortIsNotGivenToWhoeverUsuallyHasIt() throws IOException {
        int port = free();
        PortChoice first = usual("--grpc-port", port);
        PortChoice second = wanted("--classification-grpc-port", port);

        Ports ports = Ports.choose(List.of(first, second));

        assertThat(ports.of(second)).isEqualTo(port);
        assertThat(ports.of(first)).isNotEqualTo(port);
    }

    @Test
    void refusesAPortThatIsWantedTwice() throws IOException {
        int port = free();

        assertThatThrownBy(() -> Ports.choose(List.of(wanted("--grpc-port", port), wanted("--http-port", port))))
                .hasMessage("--http-port " + port + " is that of --grpc-port");
    }

    private static PortChoice usual(String option, int port) {
        return new PortChoice(option, OptionalInt.empty(), port);
    }

    private static PortChoice wanted(String option, int port) {
        return new PortChoice(option, OptionalInt.of(port), 9000);
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
