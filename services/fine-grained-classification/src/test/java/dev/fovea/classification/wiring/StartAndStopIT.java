package dev.fovea.classification.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.fovea.classification.Textures;
import dev.fovea.proto.v1.ClassifyRequest;
import dev.fovea.proto.v1.FineGrainedClassificationGrpc;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.tests.service.BuiltRepository;
import dev.fovea.tests.service.CallLoad;
import dev.fovea.tests.support.ServiceProcess;
import io.grpc.Channel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the process refuses to start, and how it ends.
class StartAndStopIT {

    private static final String SERVICE = "fine-grained-classification";
    private static final ClassifyRequest DOTS = ClassifyRequest.newBuilder()
            .setImage(ImageInput.newBuilder().setContent(ByteString.copyFrom(Textures.png("dots", 3))))
            .build();

    private final Path folder;

    StartAndStopIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void badConfigurationEndsTheProcessWithEveryProblemAtOnce() throws Exception {
        String said = refusal(withModel(Map.of(
                "fovea.classification.max-top-k", "0",
                "fovea.classification.events.min-probability", "NaN",
                "fovea.classification.events.temperature", "0",
                "fovea.classification.events.views", "nine-crop",
                "fovea.classification.event.flip", "true")));

        assertThat(said)
                .contains("5 problems")
                .contains("fovea.classification.max-top-k = 0 is outside 1 to 100000 labels (default: 1000)")
                .contains("fovea.classification.events.min-probability = NaN is outside 0 to 1 (default: 0)")
                .contains("fovea.classification.events.temperature = 0 is outside 0.01 to 100 (default: 1)")
                .contains("fovea.classification.events.views = nine-crop is none of as-trained, centre-crop, ten-crop"
                        + " (default: as-trained)")
                .contains("fovea.classification.event.flip is not a key;"
                        + " did you mean fovea.classification.events.flip?")
                .doesNotContain("\tat ");
    }

    @Test
    void contradictionsEndTheProcess() throws Exception {
        String said = refusal(withModel(Map.of(
                "fovea.classification.events.explanation", "true",
                "fovea.classification.events.explanation-max-side", "2048")));

        assertThat(said)
                .contains("1 problem")
                .contains("fovea.classification.events.explanation-max-side = 2048 is above"
                        + " fovea.classification.explanation-max-side = 1024");
    }

    @Test
    void missingModelEndsTheProcessWithTheCommandsThatMakeOne() throws Exception {
        String root = folder.resolve("nothing-here").toString();

        String said = refusal(Map.of("fovea.models.repository", root));

        assertThat(said).contains("does not hold the default model classifier");
    }

    @Test
    void aModelOfAnotherTaskFailsWhenItIsLoaded() throws Exception {
        Path log = folder.resolve("refused.log");
        Path root = BuiltRepository.in(folder, "siftnet");
        try (var service = ServiceProcess.launch(
                SERVICE, log, Map.of("fovea.models.repository", root.toString(), "fovea.models.default", "siftnet"))) {
            while (service.status("/q/health/live") == 0) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            while (!Files.readString(log).contains("expected is \"fine-grained-classification\"")) {
                TimeUnit.MILLISECONDS.sleep(50);
            }

            assertThat(service.status("/q/health/ready")).isEqualTo(503);
        }
    }

    @Test
    void sigtermDrainsInOrderAndEndsTheProcess() throws Exception {
        // Given
        Path log = folder.resolve("service.log");
        try (var service = ServiceProcess.start(SERVICE, log, withModel(Map.of()))) {

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
                            SERVICE + " stopped");
        }
    }

    @Test
    void callsInFlightAtSigtermAreAnsweredAndLaterOnesAreToldUnavailable() throws Exception {
        // Given
        try (var service = ServiceProcess.start(SERVICE, folder.resolve("service.log"), withModel(Map.of()));
                var load = new CallLoad(service.grpcPort(), 12, StartAndStopIT::classify)) {
            load.awaitAnswers(20);

            // When
            service.terminate();

            // Then
            assertThat(load.lastWords())
                    .hasSize(12)
                    .allSatisfy(end -> assertThat(end).startsWith("UNAVAILABLE").contains("shutting down"));
        }
    }

    private static void classify(Channel channel) {
        FineGrainedClassificationGrpc.newBlockingStub(channel)
                .withDeadlineAfter(30, TimeUnit.SECONDS)
                .classify(DOTS);
    }

    private Map<String, String> withModel(Map<String, String> more) throws Exception {
        Map<String, String> configuration = new TreeMap<>(more);
        configuration.put(
                "fovea.models.repository", Textures.fittedRepository(folder).toString());
        configuration.put("fovea.models.default", "textures");
        return configuration;
    }

    private String refusal(Map<String, String> configuration) throws Exception {
        return ServiceProcess.refusal(SERVICE, folder.resolve("refusal.log"), configuration);
    }
}
