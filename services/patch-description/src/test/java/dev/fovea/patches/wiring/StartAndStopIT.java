package dev.fovea.patches.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.fovea.proto.v1.DescribeRequest;
import dev.fovea.proto.v1.PatchDescriptionGrpc;
import dev.fovea.proto.v1.Patches;
import dev.fovea.tests.service.BuiltRepository;
import dev.fovea.tests.service.CallLoad;
import dev.fovea.tests.support.ServiceProcess;
import io.grpc.Channel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the process refuses to start, and how it ends.
class StartAndStopIT {

    private static final int SIDE = 32;
    private static final int PATCHES = 256;
    private static final DescribeRequest REQUEST = DescribeRequest.newBuilder()
            .setPatches(
                    Patches.newBuilder().setSize(SIDE).setData(ByteString.copyFrom(new byte[PATCHES * SIDE * SIDE])))
            .build();

    private final Path folder;

    StartAndStopIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void badConfigurationEndsTheProcessWithEveryProblemAtOnce() throws Exception {
        String said = refusal(Map.of(
                "fovea.models.repository", BuiltRepository.in(folder, "siftnet").toString(),
                "fovea.batching.max-batch", "0",
                "fovea.batching.max-delay", "soon",
                "fovea.kafka.delivery", "twice",
                "fovea.limits.max-image-byts", "16M",
                "fovea.patches.max-patches", "65537"));

        assertThat(said)
                .contains("5 problems")
                .contains("fovea.batching.max-batch = 0 is outside 1 to 4096 rows (default: 256)")
                .contains("fovea.batching.max-delay = soon is not a duration such as 500ms, 5s or 2m;"
                        + " allowed is 0ms to 10s (default: 2ms)")
                .contains("fovea.kafka.delivery = twice is none of exactly-once, at-least-once (default: exactly-once)")
                .contains("fovea.limits.max-image-byts is not a key;" + " did you mean fovea.limits.max-image-bytes?")
                .contains("fovea.patches.max-patches = 65537 is outside 1 to 65536 patches (default: 4096)")
                .doesNotContain("\tat ");
    }

    @Test
    void contradictionsEndTheProcessAllAtOnce() throws Exception {
        String said = refusal(Map.of(
                "fovea.models.repository", BuiltRepository.in(folder, "siftnet").toString(),
                "fovea.batching.max-batch", "512",
                "fovea.batching.max-queued-rows", "100",
                "fovea.execution.providers", "cpu,cuda",
                "fovea.patches.events.max-keypoints", "2000"));

        assertThat(said)
                .contains("3 problems")
                .contains("maxQueuedRows is 100")
                .contains("cpu runs every node, so it must come last")
                .contains("fovea.patches.events.max-keypoints = 2000 is above fovea.patches.max-keypoints = 1000");
    }

    @Test
    void whatIsNotThereEndsTheProcessAllAtOnce() throws Exception {
        String missing = folder.resolve("no-images").toString();

        String said = refusal(Map.of(
                "fovea.models.repository", BuiltRepository.in(folder, "siftnet").toString(),
                "fovea.models.load", "siftnet@99",
                "fovea.references.schemes", "file",
                "fovea.references.folders", missing,
                "fovea.limits.max-image-bytes", "21M"));

        assertThat(said)
                .contains("3 problems")
                .contains("fovea.models.load = siftnet@99: model \"siftnet\" has no version 99")
                .contains(missing)
                .contains("fovea.limits.max-image-bytes = 22020096 bytes does not fit into a message")
                .doesNotContain("\tat ");
    }

    @Test
    void missingModelEndsTheProcessWithTheCommandThatBuildsIt() throws Exception {
        String root = folder.resolve("nothing-here").toString();

        String said = refusal(Map.of("fovea.models.repository", root));

        assertThat(said).contains("fovea models build siftnet --repository " + root);
    }

    @Test
    void sigtermDrainsInOrderAndEndsTheProcess() throws Exception {
        // Given
        Path log = folder.resolve("service.log");
        try (var service = ServiceProcess.start(
                "patch-description",
                log,
                Map.of(
                        "fovea.models.repository",
                        BuiltRepository.in(folder, "siftnet").toString()))) {

            // When
            int status = service.terminate();

            // Then: 128 + SIGTERM, as the shell reports it
            assertThat(status).isEqualTo(143);
            assertThat(Files.readString(log))
                    .containsSubsequence(
                            "draining: readiness is off",
                            "draining: Kafka is paused, gRPC refuses new calls",
                            "from=SERVING to=DRAINING",
                            "from=DRAINING to=STOPPED",
                            "drained: sessions are closed",
                            "patch-description stopped");
        }
    }

    @Test
    void callsInFlightAtSigtermAreAnsweredAndLaterOnesAreToldUnavailable() throws Exception {
        // Given
        try (var service = ServiceProcess.start(
                        "patch-description",
                        folder.resolve("service.log"),
                        Map.of(
                                "fovea.models.repository",
                                BuiltRepository.in(folder, "siftnet").toString()));
                var load = new CallLoad(service.grpcPort(), 12, StartAndStopIT::describe)) {
            load.awaitAnswers(20);

            // When
            service.terminate();

            // Then
            assertThat(load.lastWords())
                    .hasSize(12)
                    .allSatisfy(end -> assertThat(end).startsWith("UNAVAILABLE").contains("shutting down"));
        }
    }

    private static void describe(Channel channel) {
        PatchDescriptionGrpc.newBlockingStub(channel)
                .withDeadlineAfter(30, TimeUnit.SECONDS)
                .describe(REQUEST);
    }

    private String refusal(Map<String, String> configuration) throws Exception {
        return ServiceProcess.refusal("patch-description", folder.resolve("refusal.log"), configuration);
    }
}
