package dev.fovea.patches.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.fovea.proto.v1.DescribeRequest;
import dev.fovea.proto.v1.DescribeResponse;
import dev.fovea.proto.v1.InfoRequest;
import dev.fovea.proto.v1.InfoResponse;
import dev.fovea.proto.v1.PatchDescriptionGrpc;
import dev.fovea.proto.v1.Patches;
import dev.fovea.proto.v1.ServiceInfoGrpc;
import dev.fovea.tests.service.BillOfMaterials;
import dev.fovea.tests.service.BuiltRepository;
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

/// The built application in its own JVM, with a SIFTNet that the project's own program has built.
class PatchDescriptionServiceIT {

    private static final int PATCH_SIDE = 32;
    private static final int SIFT_DIMENSION = 128;

    private static ServiceProcess service;
    private static ManagedChannel channel;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Path models = BuiltRepository.in(folder, "siftnet");
        service = ServiceProcess.start(
                "patch-description",
                folder.resolve("service.log"),
                Map.of("fovea.models.repository", models.toString()));
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
        assertThat(GrpcHealth.of(channel, "fovea.v1.PatchDescription")).isEqualTo(ServingStatus.SERVING);
        assertThat(GrpcHealth.of(channel, "fovea.v1.ServiceInfo")).isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void reflectionListsTheServices() throws Exception {
        assertThat(Reflection.services(channel))
                .contains("fovea.v1.PatchDescription", "fovea.v1.ServiceInfo", "grpc.health.v1.Health");
    }

    @Test
    void describesPatchesWithUnitNorm() {
        // Given
        byte[] pixels = new byte[2 * PATCH_SIDE * PATCH_SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 7 + i / PATCH_SIDE * 13);
        }

        // When
        DescribeResponse answer = describe(Patches.newBuilder()
                .setSize(PATCH_SIDE)
                .setData(ByteString.copyFrom(pixels))
                .build());

        // Then
        assertThat(answer.getModel().getName()).isEqualTo("siftnet");
        assertThat(answer.getModel().getDigest()).startsWith("sha256:");
        assertThat(answer.getDescriptors().getCount()).isEqualTo(2);
        assertThat(answer.getDescriptors().getDimension()).isEqualTo(SIFT_DIMENSION);
        var floats = answer.getDescriptors()
                .getData()
                .asReadOnlyByteBuffer()
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        for (int row = 0; row < 2; row++) {
            double norm = 0;
            for (int i = 0; i < SIFT_DIMENSION; i++) {
                norm += Math.pow(floats.get(row * SIFT_DIMENSION + i), 2);
            }
            assertThat(norm).isBetween(0.999, 1.001);
        }
    }

    @Test
    void refusesPatchesOfAnotherSizeWithInvalidArgument() {
        Patches tooSmall = Patches.newBuilder()
                .setSize(16)
                .setData(ByteString.copyFrom(new byte[16 * 16]))
                .build();

        assertThatThrownBy(() -> describe(tooSmall)).isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(refused.getStatus().getDescription()).contains("16").contains("32");
        });
    }

    @Test
    void aMessageOverTheLimitIsRefusedWithTheLimit() {
        Patches tooMany = Patches.newBuilder()
                .setSize(PATCH_SIDE)
                .setData(ByteString.copyFrom(new byte[21 << 20]))
                .build();

        assertThatThrownBy(() -> describe(tooMany)).isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(refused.getStatus().getDescription()).contains("the limit is 20971520 bytes");
        });
    }

    @Test
    void infoNamesModelProvidersAndLimits() {
        InfoResponse info = ServiceInfoGrpc.newBlockingStub(channel).info(InfoRequest.getDefaultInstance());

        assertThat(info.getService()).isEqualTo("patch-description");
        assertThat(info.getLimitsMap())
                .containsEntry("fovea.limits.max-image-bytes", "16777216 bytes")
                .containsEntry("fovea.patches.max-patches", "4096 patches");
        assertThat(info.getModelsList()).singleElement().satisfies(model -> {
            assertThat(model.getState()).isEqualTo("SERVING");
            assertThat(model.getExecutionProvidersList()).containsExactly("cpu");
            assertThat(model.getIsDefault()).isTrue();
        });
    }

    @Test
    void metricsTellTritonsSplitByLaneModelAndBucket() throws Exception {
        describe(Patches.newBuilder()
                .setSize(PATCH_SIDE)
                .setData(ByteString.copyFrom(new byte[PATCH_SIDE * PATCH_SIDE]))
                .build());

        String metrics = service.get("/q/metrics").body();

        for (String part : new String[] {"queue", "input", "infer", "output"}) {
            assertThat(metrics)
                    .containsPattern("fovea_batch_" + part
                            + "_seconds_count\\{bucket=\"\\d+\",lane=\"interactive\",model=\"siftnet@1\"");
        }
        assertThat(metrics)
                .contains("fovea_stage_duration_seconds_count{lane=\"interactive\",stage=\"infer\"")
                .containsPattern("fovea_model_info\\{architecture=\"siftnet\",digest=\"sha256:[0-9a-f]{64}\"")
                .containsPattern("grpc_server_processing_duration_seconds_count\\{.*PatchDescription");
    }

    @Test
    void healthByHttpCarriesStateAndSince() throws Exception {
        String live = service.get("/q/health/live").body();
        String ready = service.get("/q/health/ready").body();

        assertThat(live).contains("\"siftnet@1.state\": \"SERVING\"").contains("siftnet@1.since");
        assertThat(ready).contains("\"state\": \"DISABLED\"");
    }

    /// Written by the cyclonedx plugin; it must list what is really deployed.
    @Test
    void billOfMaterialsListsEveryDeployedJar() throws Exception {
        BillOfMaterials.assertListsEveryDeployedJar("patch-description");
    }

    private static DescribeResponse describe(Patches patches) {
        return PatchDescriptionGrpc.newBlockingStub(channel)
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .describe(DescribeRequest.newBuilder().setPatches(patches).build());
    }
}
