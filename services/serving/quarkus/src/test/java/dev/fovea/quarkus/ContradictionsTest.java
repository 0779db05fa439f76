package dev.fovea.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.quarkus.config.Configured;
import dev.fovea.quarkus.config.ServingConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContradictionsTest {

    private static final String TRANSPORT = "quarkus.grpc.server.max-inbound-message-size";

    @Test
    void defaultsHoldTogetherWhereTheTransportTakesTheLargestMessage() {
        assertThat(in(Map.of(TRANSPORT, "33554432"))).isEmpty();
    }

    @Test
    void aFolderOfReferencesThatIsNotThereIsTold(@TempDir Path folder) {
        String missing = folder.resolve("missing").toString();

        assertThat(in(Map.of(
                        TRANSPORT,
                        "33554432",
                        "fovea.references.schemes",
                        "file",
                        "fovea.references.folders",
                        missing)))
                .singleElement()
                .asString()
                .contains(missing);
    }

    @Test
    void imagesMustFitIntoAMessage() {
        assertThat(in(Map.of(TRANSPORT, "33554432", "fovea.limits.max-image-bytes", "20M")))
                .containsExactly("fovea.limits.max-image-bytes = 20971520 bytes does not fit into a message:"
                        + " fovea.grpc.max-message-bytes = 20971520 bytes");
    }

    @Test
    void messagesMustFitIntoTheTransport() {
        assertThat(in(Map.of()))
                .containsExactly(
                        "fovea.grpc.max-message-bytes = 20971520 bytes is above " + TRANSPORT + " = 4194304 bytes");
    }

    @Test
    void aMalformedDigestIsTold() {
        assertThat(in(Map.of(TRANSPORT, "33554432", "fovea.models.expected-digests.\"siftnet@1\"", "sha256:00")))
                .singleElement()
                .asString()
                .startsWith("fovea.models.expected-digests.\"siftnet@1\" = sha256:00 is no SHA-256");
    }

    @Test
    void halfOfTlsIsTold() {
        assertThat(in(Map.of(TRANSPORT, "33554432", "fovea.grpc.tls.key", "/etc/tls.key")))
                .containsExactly("fovea.grpc.tls.key = /etc/tls.key is given and fovea.grpc.tls.certificate is not");
        assertThat(in(Map.of(TRANSPORT, "33554432", "fovea.grpc.tls.client-ca", "/etc/ca.crt")))
                .singleElement()
                .asString()
                .startsWith("fovea.grpc.tls.client-ca = /etc/ca.crt needs fovea.grpc.tls.certificate");
    }

    @Test
    void filesOfTlsThatAreNotThereAreTold() {
        assertThat(in(Map.of(
                        TRANSPORT,
                        "33554432",
                        "fovea.grpc.tls.certificate",
                        "/no/tls.crt",
                        "fovea.grpc.tls.key",
                        "/no/tls.key")))
                .containsExactly("fovea.grpc.tls.certificate = /no/tls.crt does not exist");
    }

    private static List<String> in(Map<String, String> values) {
        return Contradictions.in(Configured.raw(values), List.of(ServingConfig.class), config -> {});
    }
}
