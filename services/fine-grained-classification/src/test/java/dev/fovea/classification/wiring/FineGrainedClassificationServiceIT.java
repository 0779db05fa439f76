package dev.fovea.classification.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import dev.fovea.classification.Textures;
import dev.fovea.proto.v1.ClassifyRequest;
import dev.fovea.proto.v1.ClassifyResponse;
import dev.fovea.proto.v1.ExplanationRequest;
import dev.fovea.proto.v1.FineGrainedClassificationGrpc;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.InfoRequest;
import dev.fovea.proto.v1.InfoResponse;
import dev.fovea.proto.v1.ScoredLabel;
import dev.fovea.proto.v1.ServiceInfoGrpc;
import dev.fovea.tests.service.BillOfMaterials;
import dev.fovea.tests.service.GrpcHealth;
import dev.fovea.tests.service.Reflection;
import dev.fovea.tests.support.ServiceProcess;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The built application in its own JVM, with a classifier that the project's own program has fitted.
class FineGrainedClassificationServiceIT {

    private static ServiceProcess service;
    private static ManagedChannel channel;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Path models = Textures.fittedRepository(folder);
        service = ServiceProcess.start(
                "fine-grained-classification",
                folder.resolve("service.log"),
                Map.of("fovea.models.repository", models.toString(), "fovea.models.default", "textures"));
        channel = ManagedChannelBuilder.forAddress("localhost", service.grpcPort())
                .usePlaintext()
                .build();
    }

    @AfterAll
    static void stop() throws Exception {
        if (channel != null) {
            channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        }
        if (service != null) {
            service.close();
        }
    }

    /// Without an index of the proto module Quarkus builds green and starts no gRPC server at all.
    @Test
    void grpcPortAnswersHealthForEveryService() {
        assertThat(GrpcHealth.of(channel, "")).isEqualTo(ServingStatus.SERVING);
        assertThat(GrpcHealth.of(channel, "fovea.v1.FineGrainedClassification")).isEqualTo(ServingStatus.SERVING);
        assertThat(GrpcHealth.of(channel, "fovea.v1.ServiceInfo")).isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void reflectionListsTheServices() throws Exception {
        assertThat(Reflection.services(channel))
                .contains("fovea.v1.FineGrainedClassification", "fovea.v1.ServiceInfo", "grpc.health.v1.Health");
    }

    @Test
    void classifiesTexturesItHasNotSeen() {
        for (String name : Textures.CLASSES) {
            ClassifyResponse answer = classify(picture(name, 500));

            assertThat(answer.getModels(0).getName()).isEqualTo("textures");
            assertThat(answer.getModels(0).getDigest()).startsWith("sha256:");
            assertThat(answer.getLabels(0).getLabel()).isEqualTo(name);
            assertThat(answer.getLabelsList().stream()
                            .mapToDouble(ScoredLabel::getProbability)
                            .sum())
                    .isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void explainsWhereTheBestClassResponds() {
        ClassifyResponse answer = classify(picture("dots", 501)
                .setExplanation(ExplanationRequest.newBuilder().setMaxSide(48)));

        assertThat(answer.getExplanation().getWidth()).isEqualTo(48);
        assertThat(answer.getExplanation().getResponsesList())
                .singleElement()
                .satisfies(response -> assertThat(response.getLabel()).isEqualTo("dots"));
    }

    @Test
    void refusesTooManyLabelsWithInvalidArgument() {
        assertThatThrownBy(() -> classify(picture("dots", 1).setTopK(1_001)))
                .isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
                    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
                    assertThat(refused.getStatus().getDescription())
                            .contains("1001")
                            .contains("1000");
                });
    }

    @Test
    void aMessageOverTheLimitIsRefusedWithTheLimit() {
        var tooLarge = ClassifyRequest.newBuilder()
                .setImage(ImageInput.newBuilder().setContent(ByteString.copyFrom(new byte[21 << 20])));

        assertThatThrownBy(() -> classify(tooLarge)).isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(refused.getStatus().getDescription()).contains("the limit is 20971520 bytes");
        });
    }

    @Test
    void infoNamesModelProvidersAndLimits() {
        InfoResponse info = ServiceInfoGrpc.newBlockingStub(channel).info(InfoRequest.getDefaultInstance());

        assertThat(info.getService()).isEqualTo("fine-grained-classification");
        assertThat(info.getLimitsMap())
                .containsEntry("fovea.limits.max-image-bytes", "16777216 bytes")
                .containsEntry("fovea.classification.max-top-k", "1000 labels")
                .containsEntry("fovea.classification.explanations-in-flight", "8 requests");
        assertThat(info.getModelsList()).singleElement().satisfies(model -> {
            assertThat(model.getState()).isEqualTo("SERVING");
            assertThat(model.getProvenance()).isEqualTo("FITTED");
            assertThat(model.getExecutionProvidersList()).containsExactly("cpu");
            assertThat(model.getIsDefault()).isTrue();
        });
    }

    @Test
    void metricsTellTheStagesByLane() throws Exception {
        classify(picture("stripes", 2));

        String metrics = service.get("/q/metrics").body();

        for (String stage : new String[] {"decode", "preprocess", "batch", "infer", "postprocess"}) {
            assertThat(metrics)
                    .contains("fovea_stage_duration_seconds_count{lane=\"interactive\",stage=\"" + stage + "\"");
        }
        assertThat(metrics)
                .containsPattern(
                        "fovea_batch_infer_seconds_count\\{bucket=\"\\d+\",lane=\"interactive\",model=\"textures@1\"")
                .containsPattern("grpc_server_processing_duration_seconds_count\\{.*FineGrainedClassification");
    }

    /// Written by the cyclonedx plugin; it must list what is really deployed.
    @Test
    void billOfMaterialsListsEveryDeployedJar() throws Exception {
        BillOfMaterials.assertListsEveryDeployedJar("fine-grained-classification");
    }

    private static ClassifyRequest.Builder picture(String name, long seed) {
        return ClassifyRequest.newBuilder()
                .setImage(ImageInput.newBuilder().setContent(ByteString.copyFrom(Textures.png(name, seed))));
    }

    private static ClassifyResponse classify(ClassifyRequest.Builder request) {
        return FineGrainedClassificationGrpc.newBlockingStub(channel)
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .classify(request.build());
    }
}
