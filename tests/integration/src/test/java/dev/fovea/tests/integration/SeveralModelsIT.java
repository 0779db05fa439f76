package dev.fovea.tests.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import dev.fovea.local.broker.BrokerProcess;
import dev.fovea.proto.v1.DescribeRequest;
import dev.fovea.proto.v1.DescribeResponse;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.ImagePatches;
import dev.fovea.proto.v1.InfoRequest;
import dev.fovea.proto.v1.ModelRef;
import dev.fovea.proto.v1.PatchDescriptionGrpc;
import dev.fovea.proto.v1.PatchDescriptionResult;
import dev.fovea.proto.v1.ServedModel;
import dev.fovea.proto.v1.ServiceInfoGrpc;
import dev.fovea.proto.v1.SiftDetector;
import dev.fovea.proto.v1.Vectors;
import dev.fovea.tests.support.ServiceProcess;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One process serves models of several architectures, patch sizes and dimensions at once, by name.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeveralModelsIT {

    private static final List<String> SERVED = List.of("hardnet8@1", "siftnet@1", "siftnet@2", "tfeat@1");

    private final byte[] jpeg = EventLoad.images(7).getFirst();
    private Path log;
    private BrokerProcess broker;
    private ServiceProcess service;
    private ManagedChannel channel;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Path models = folder.resolve("models");
        Models.build(models, "siftnet");
        Models.build(models, "siftnet", "--version", "2", "--patch-size", "41");
        Models.build(models, "hardnet8", "--seeded", "test", "--pca", "0");
        Models.build(models, "tfeat", "--seeded", "test");
        log = folder.resolve("service.log");
        broker = BrokerProcess.start(folder.resolve("kafka"));
        Topics.create(broker, 1);
        Map<String, String> configuration = new HashMap<>(Topics.configuration(broker));
        configuration.put("fovea.models.repository", models.toString());
        configuration.put("fovea.models.default", "tfeat");
        configuration.put("fovea.models.load", "siftnet,siftnet@1,hardnet8");
        service = ServiceProcess.start("patch-description", log, configuration, "-Xmx512m");
        channel = NettyChannelBuilder.forAddress("localhost", service.grpcPort())
                .usePlaintext()
                .build();
    }

    @AfterAll
    void stop() {
        channel.shutdownNow();
        service.close();
        broker.close();
    }

    @ParameterizedTest(name = "{0}, version {1} asked for: {2} answers")
    @CsvSource({
        "siftnet, 0, siftnet@2, 128",
        "siftnet, 1, siftnet@1, 128",
        "hardnet8, 0, hardnet8@1, 512",
        "tfeat, 1, tfeat@1, 128",
        "'', 0, tfeat@1, 128",
    })
    void eachCallIsAnsweredByTheModelItNames(String name, int version, String answering, int dimension) {
        DescribeResponse response = describe(name, version);

        assertThat(response.getModel().getName() + "@" + response.getModel().getVersion())
                .isEqualTo(answering);
        Vectors descriptors = response.getDescriptors();
        assertThat(descriptors.getDimension()).isEqualTo(dimension);
        assertThat(response.getKeypointsList())
                .as("the detector does not depend on the model")
                .hasSize(descriptors.getCount())
                .isEqualTo(describe("siftnet", 0).getKeypointsList());
        assertThat(descriptors.getCount()).isGreaterThan(5);
        FloatBuffer values = floats(descriptors);
        for (int row = 0; row < descriptors.getCount(); row++) {
            double sum = 0;
            for (int i = 0; i < dimension; i++) {
                float value = values.get(row * dimension + i);
                sum += value * value;
            }
            assertThat(Math.sqrt(sum)).as("norm of row %d", row).isCloseTo(1, within(1e-4));
        }
    }

    @Test
    void modelsAnswerSideBySideAsTheyDoAlone() throws Exception {
        Map<String, DescribeResponse> alone = new HashMap<>();
        for (String name : List.of("siftnet", "hardnet8", "tfeat")) {
            alone.put(name, describe(name, 0));
        }
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<DescribeResponse>> calls = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                String name = List.of("siftnet", "hardnet8", "tfeat").get(i % 3);
                calls.add(() -> describe(name, 0));
            }
            for (Future<DescribeResponse> call : callers.invokeAll(calls)) {
                DescribeResponse response = call.get();
                DescribeResponse expected = Optional.ofNullable(
                                alone.get(response.getModel().getName()))
                        .orElseThrow();
                assertThat(response.getModel()).isEqualTo(expected.getModel());
                FloatBuffer values = floats(response.getDescriptors());
                FloatBuffer wanted = floats(expected.getDescriptors());
                assertThat(values.remaining()).isEqualTo(wanted.remaining());
                for (int i = 0; i < values.remaining(); i++) {
                    assertThat(values.get(i)).isCloseTo(wanted.get(i), within(1e-4f));
                }
            }
        }
    }

    @Test
    void aModelThatIsNotServedIsNotFoundAndThoseThatAreAreListed() {
        assertThatThrownBy(() -> describe("hardnet", 0))
                .isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
                    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
                    assertThat(refused.getStatus().getDescription()).contains(SERVED);
                });
        assertThatThrownBy(() -> describe("tfeat", 2)).hasMessageContaining("tfeat@2");
    }

    @Test
    void infoListsEveryModelAndWhereItsWeightsComeFrom() {
        List<ServedModel> served = ServiceInfoGrpc.newBlockingStub(channel)
                .info(InfoRequest.getDefaultInstance())
                .getModelsList();

        assertThat(served).extracting(SeveralModelsIT::label).containsExactlyInAnyOrderElementsOf(SERVED);
        for (ServedModel model : served) {
            assertThat(model.getState()).isEqualTo("SERVING");
            assertThat(model.getIsDefault())
                    .as(label(model))
                    .isEqualTo(label(model).equals("tfeat@1"));
            assertThat(model.getProvenance())
                    .isEqualTo(model.getIdentity().getName().equals("siftnet") ? "COMPUTED" : "SEEDED");
            assertThat(model.getWeightsSource()).isNotBlank();
        }
    }

    @Test
    void pseudoRandomWeightsAreWarnedOfAtTheStart() throws Exception {
        List<String> warnings = Files.readAllLines(log).stream()
                .filter(line -> line.contains("WARN") && line.contains("its answers mean nothing"))
                .toList();

        assertThat(warnings).hasSize(2).anyMatch(line -> line.contains("model hardnet8@1"));
        assertThat(warnings).anyMatch(line -> line.contains("model tfeat@1"));
    }

    @Test
    void healthSpeaksForEveryModel() throws Exception {
        var ready = service.get("/q/health/ready");

        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).contains(SERVED);
    }

    @Test
    void eventsAreAnsweredByTheDefault() throws Exception {
        var sender = new Sender(broker.bootstrapServers());
        var event = new ProducerRecord<>(Topics.IMAGES, "photo".getBytes(UTF_8), jpeg);
        event.headers().add("content-type", "image/jpeg".getBytes(UTF_8));
        sender.send(event);
        sender.finish();

        Outcomes outcomes = Outcomes.await(broker.bootstrapServers(), Set.of("photo"), Duration.ofMinutes(1));

        var result = PatchDescriptionResult.parseFrom(outcomes.record("photo").value());
        assertThat(result.getModel()).isEqualTo(describe("tfeat", 0).getModel());
    }

    private DescribeResponse describe(String name, int version) {
        return PatchDescriptionGrpc.newBlockingStub(channel)
                .describe(DescribeRequest.newBuilder()
                        .setModel(ModelRef.newBuilder().setName(name).setVersion(version))
                        .setImage(ImagePatches.newBuilder()
                                .setImage(ImageInput.newBuilder().setContent(ByteString.copyFrom(jpeg)))
                                .setSift(SiftDetector.getDefaultInstance()))
                        .build());
    }

    private static String label(ServedModel model) {
        return model.getIdentity().getName() + "@" + model.getIdentity().getVersion();
    }

    private static FloatBuffer floats(Vectors vectors) {
        return vectors.getData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
    }
}
