package dev.fovea.patches.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;
import dev.fovea.grpc.VectorsMapping;
import dev.fovea.inference.Lane;
import dev.fovea.inference.failure.ModelFailed;
import dev.fovea.inference.lifecycle.ComputedModel;
import dev.fovea.patches.FakeModel;
import dev.fovea.patches.Scenes;
import dev.fovea.proto.v1.DenseGridDetector;
import dev.fovea.proto.v1.DescribeRequest;
import dev.fovea.proto.v1.DescribeResponse;
import dev.fovea.proto.v1.DescribeStreamResponse;
import dev.fovea.proto.v1.DescribedKeypoints;
import dev.fovea.proto.v1.ElementType;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.ImagePatches;
import dev.fovea.proto.v1.InfoRequest;
import dev.fovea.proto.v1.InfoResponse;
import dev.fovea.proto.v1.Keypoint;
import dev.fovea.proto.v1.KeypointList;
import dev.fovea.proto.v1.MatchRequest;
import dev.fovea.proto.v1.MatchSide;
import dev.fovea.proto.v1.ModelRef;
import dev.fovea.proto.v1.PatchMatch;
import dev.fovea.proto.v1.Patches;
import dev.fovea.proto.v1.SiftDetector;
import dev.fovea.proto.v1.Vectors;
import dev.fovea.tests.service.StreamAnswers;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class PatchDescriptionGrpcServiceTest {
    private static final Keypoint INSIDE =
            Keypoint.newBuilder().setX(100).setY(120).setSize(8).setAngle(30).build();

    private final ComputedModel model = FakeModel.ofBytes();
    private final InProcessService service = new InProcessService(model);

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void describesPatches() {
        DescribeResponse response = service.client().describe(patches(4, 3, 4, 0));

        assertThat(response.getId()).isEqualTo("id");
        assertThat(response.getModel().getName()).isEqualTo("pixels");
        assertThat(response.getModel().getDigest()).startsWith("sha256:");
        assertThat(response.getKeypointsList()).isEmpty();
        assertThat(response.getDescriptors().getCount()).isEqualTo(1);
        assertThat(VectorsMapping.floats(response.getDescriptors()).array()).containsExactly(0.6f, 0.8f, 0);
        assertThat(response.getTimings().getBatchSize()).isEqualTo(1);
        assertThat(model.lanes()).containsExactly(Lane.INTERACTIVE);
    }

    @Test
    void describesGivenKeypoints() {
        DescribeResponse response = service.client().describe(describe(given(INSIDE, INSIDE)));

        assertThat(response.getKeypointsList()).containsExactly(INSIDE, INSIDE);
        assertThat(response.getDescriptors().getCount()).isEqualTo(2);
        assertThat(response.getImageWidth()).isEqualTo(Scenes.WIDTH);
        assertThat(response.getImageHeight()).isEqualTo(Scenes.HEIGHT);
    }

    @Test
    void detectsAsManyKeypointsAsTheServiceAllowsIfNoNumberIsNamed() {
        var all = service.client().describe(describe(scene().setSift(SiftDetector.getDefaultInstance())));
        var ten = service.client()
                .describe(describe(scene().setSift(SiftDetector.newBuilder().setMaxKeypoints(10))));

        assertThat(all.getKeypointsCount()).isEqualTo(InProcessService.LIMITS.maxKeypoints());
        assertThat(ten.getKeypointsList()).isEqualTo(all.getKeypointsList().subList(0, 10));
    }

    @Test
    void describesADenseGrid() {
        DescribeResponse response = service.client()
                .describe(describe(scene().setDenseGrid(DenseGridDetector.newBuilder()
                        .setStep(60)
                        .addSizes(8)
                        .addSizes(16))));

        assertThat(response.getDescriptors().getCount()).isEqualTo(8 * 6 * 2);
    }

    @Test
    void noKeypointsAreAnEmptyAnswerWithTheDimension() {
        DescribeResponse response = service.client().describe(describe(given()));

        assertThat(response.getDescriptors().getCount()).isZero();
        assertThat(response.getDescriptors().getDimension()).isEqualTo(FakeModel.DIMENSION);
        assertThat(response.getImageWidth()).isEqualTo(Scenes.WIDTH);
        assertThat(model.lanes()).isEmpty();
    }

    @Test
    void answersInTheElementTypeAskedFor() {
        DescribeRequest request = patches(4, 3, 4, 0);

        var half = service.client()
                .describe(request.toBuilder()
                        .setElementType(ElementType.ELEMENT_TYPE_FLOAT16)
                        .build());
        var bytes = service.client()
                .describe(request.toBuilder()
                        .setElementType(ElementType.ELEMENT_TYPE_UINT8)
                        .build());

        assertThat(half.getDescriptors().getData().size()).isEqualTo(6);
        assertThat(bytes.getDescriptors().getData().toByteArray()).containsExactly(191, 255, 0);
    }

    @Test
    void aStreamAnswersInOrderAndOutlivesBadRequests() throws Exception {
        var answers = new StreamAnswers<DescribeStreamResponse>();
        var requests = service.streamingClient().describeStream(answers);
        for (int i = 0; i < 40; i++) {
            DescribeRequest request = i % 5 == 3 ? patches(5, 1) : patches(4, i + 1);
            requests.onNext(request.toBuilder().setId("r" + i).build());
        }
        requests.onCompleted();

        List<DescribeStreamResponse> received = answers.await();

        assertThat(received)
                .extracting(DescribeStreamResponse::getId)
                .isEqualTo(IntStream.range(0, 40).mapToObj(i -> "r" + i).toList());
        for (int i = 0; i < 40; i++) {
            DescribeStreamResponse answer = received.get(i);
            assertThat(answer.hasFailure()).isEqualTo(i % 5 == 3);
            if (answer.hasFailure()) {
                assertThat(answer.getFailure().getCode()).isEqualTo("PATCH_SIZE_MISMATCH");
            } else {
                assertThat(answer.getResponse().getId()).isEqualTo("r" + i);
            }
        }
    }

    @Test
    void matchesTwoSetsOfDescriptors() {
        var request = MatchRequest.newBuilder()
                .setQuery(described(3, 1, 0, 0, 0, 5, 0))
                .setTrain(described(3, 0, 2, 0, 1, 0, 0))
                .setMutual(true);

        var response = service.client().match(request.build());

        assertThat(response.getMatchesList())
                .containsExactly(
                        PatchMatch.newBuilder().setQuery(0).setTrain(1).build(),
                        PatchMatch.newBuilder().setQuery(1).setTrain(0).build());
        assertThat(response.hasModel()).isFalse();
        assertThat(response.getHomographyList()).isEmpty();
    }

    @Test
    void aFailingModelIsInternalWithItsReason() {
        model.failWith(new ModelFailed("the model failed on these patches alone", new RuntimeException("secret")));

        assertRefused(() -> service.client().describe(patches(4, 1)), Status.Code.INTERNAL, "MODEL_FAILED", "", "");
    }

    @Test
    void describesItself() {
        InfoResponse info = service.info().info(InfoRequest.getDefaultInstance());

        assertThat(info.getService()).isEqualTo("patch-description");
        assertThat(info.getDelivery()).isEqualTo("exactly-once");
        assertThat(info.getLimitsMap()).containsEntry("limit", "9 bytes");
        assertThat(info.getModelsList()).singleElement().satisfies(served -> {
            assertThat(served.getIdentity().getName()).isEqualTo("pixels");
            assertThat(served.getState()).isEqualTo("SERVING");
            assertThat(served.getExecutionProvidersList()).containsExactly("fake");
            assertThat(served.getBatchBucketsList()).containsExactly(1, 8);
            assertThat(served.getIsDefault()).isTrue();
            assertThat(served.getProvenance()).isEqualTo("COMPUTED");
            assertThat(served.getWeightsSource()).isEqualTo("test");
        });
    }

    static Stream<Arguments> badRequests() {
        return Stream.of(
                argumentSet(
                        "no input", DescribeRequest.getDefaultInstance(), "INVALID_ARGUMENT", "INPUT_MISSING", "", ""),
                argumentSet(
                        "unknown model",
                        patches(4, 1).toBuilder()
                                .setModel(ModelRef.newBuilder().setName("nope").setVersion(2))
                                .build(),
                        "NOT_FOUND",
                        "MODEL_NOT_FOUND",
                        "nope@2",
                        "pixels@1"),
                argumentSet(
                        "negative model version",
                        patches(4, 1).toBuilder()
                                .setModel(ModelRef.newBuilder().setVersion(-1))
                                .build(),
                        "INVALID_ARGUMENT",
                        "MODEL_VERSION_INVALID",
                        "-1",
                        "0"),
                argumentSet(
                        "unknown element type",
                        patches(4, 1).toBuilder().setElementTypeValue(42).build(),
                        "INVALID_ARGUMENT",
                        "ELEMENT_TYPE_UNKNOWN",
                        "UNRECOGNIZED",
                        "FLOAT32, FLOAT16, UINT8"),
                argumentSet(
                        "another patch size",
                        patches(32, 1),
                        "INVALID_ARGUMENT",
                        "PATCH_SIZE_MISMATCH",
                        "32 px",
                        "4 px"),
                argumentSet(
                        "a patch that is not full",
                        DescribeRequest.newBuilder()
                                .setPatches(Patches.newBuilder().setSize(4).setData(ByteString.copyFrom(new byte[15])))
                                .build(),
                        "INVALID_ARGUMENT",
                        "PATCH_DATA_LENGTH",
                        "15 bytes",
                        "a multiple of 16 bytes"),
                argumentSet(
                        "an image without content",
                        DescribeRequest.newBuilder()
                                .setImage(ImagePatches.newBuilder().setSift(SiftDetector.getDefaultInstance()))
                                .build(),
                        "INVALID_ARGUMENT",
                        "IMAGE_MISSING",
                        "",
                        ""),
                argumentSet(
                        "an unknown detector",
                        describe(scene()),
                        "INVALID_ARGUMENT",
                        "KEYPOINTS_MISSING",
                        "",
                        "given, sift, dense_grid"),
                argumentSet(
                        "too many keypoints given",
                        describe(given(Collections.nCopies(401, INSIDE).toArray(Keypoint[]::new))),
                        "INVALID_ARGUMENT",
                        "TOO_MANY_PATCHES",
                        "401",
                        "400"),
                argumentSet(
                        "too many keypoints asked for",
                        describe(scene().setSift(SiftDetector.newBuilder().setMaxKeypoints(-1))),
                        "INVALID_ARGUMENT",
                        "TOO_MANY_KEYPOINTS",
                        "4294967295",
                        "300"),
                argumentSet(
                        "a contrast threshold that is no number",
                        describe(scene().setSift(SiftDetector.newBuilder().setContrastThreshold(Double.NaN))),
                        "INVALID_ARGUMENT",
                        "CONTRAST_THRESHOLD_INVALID",
                        "NaN",
                        ">= 0"),
                argumentSet(
                        "a grid without a step",
                        describe(scene().setDenseGrid(
                                        DenseGridDetector.newBuilder().addSizes(8))),
                        "INVALID_ARGUMENT",
                        "GRID_STEP_INVALID",
                        "0 px",
                        ">= 1 px"),
                argumentSet(
                        "a grid without sizes",
                        describe(scene().setDenseGrid(
                                        DenseGridDetector.newBuilder().setStep(8))),
                        "INVALID_ARGUMENT",
                        "GRID_SIZES_MISSING",
                        "0",
                        ">= 1"),
                argumentSet(
                        "a grid with a negative size",
                        describe(scene().setDenseGrid(DenseGridDetector.newBuilder()
                                .setStep(8)
                                .addSizes(8)
                                .addSizes(-3))),
                        "INVALID_ARGUMENT",
                        "GRID_SIZE_INVALID",
                        "-3.0 px",
                        "> 0 px"),
                argumentSet(
                        "a grid of too many positions",
                        describe(scene().setDenseGrid(DenseGridDetector.newBuilder()
                                .setStep(1)
                                .addSizes(8))),
                        "INVALID_ARGUMENT",
                        "TOO_MANY_PATCHES",
                        String.valueOf(Scenes.WIDTH * Scenes.HEIGHT),
                        "400"));
    }

    @ParameterizedTest
    @MethodSource("badRequests")
    void refusesABadRequestQuotingValueAndLimit(
            DescribeRequest request, String status, String reason, String value, String limit) {
        assertRefused(() -> service.client().describe(request), Status.Code.valueOf(status), reason, value, limit);
        assertThat(model.lanes()).isEmpty();
    }

    static Stream<Arguments> badMatches() {
        MatchSide axis = described(3, 1, 0, 0);
        MatchRequest good =
                MatchRequest.newBuilder().setQuery(axis).setTrain(axis).build();
        return Stream.of(
                argumentSet("ratio above one", good.toBuilder().setRatio(1.5f), "RATIO_INVALID", "1.5", "(0, 1]"),
                argumentSet("negative ratio", good.toBuilder().setRatio(-0.5f), "RATIO_INVALID", "-0.5", "(0, 1]"),
                argumentSet(
                        "ratio that is no number",
                        good.toBuilder().setRatio(Float.NaN),
                        "RATIO_INVALID",
                        "NaN",
                        "(0, 1]"),
                argumentSet(
                        "negative threshold",
                        good.toBuilder().setHomography(true).setReprojectionThreshold(-1),
                        "REPROJECTION_THRESHOLD_INVALID",
                        "-1.0 px",
                        ">= 0 px"),
                argumentSet("no train side", good.toBuilder().clearTrain(), "INPUT_MISSING", "", ""),
                argumentSet(
                        "another dimension",
                        good.toBuilder().setTrain(described(2, 1, 0)),
                        "DESCRIPTOR_DIMENSION_MISMATCH",
                        "3",
                        "2"),
                argumentSet(
                        "dimension 0",
                        good.toBuilder()
                                .setQuery(MatchSide.newBuilder().setDescribed(DescribedKeypoints.getDefaultInstance())),
                        "DESCRIPTOR_DIMENSION_INVALID",
                        "0",
                        ">= 1"),
                argumentSet(
                        "a homography without keypoints",
                        good.toBuilder().setHomography(true),
                        "KEYPOINT_COUNT_MISMATCH",
                        "0",
                        "1"),
                argumentSet(
                        "too many descriptors",
                        good.toBuilder().setQuery(described(3, new float[401 * 3])),
                        "TOO_MANY_PATCHES",
                        "401",
                        "400"),
                argumentSet(
                        "data of another length",
                        good.toBuilder()
                                .setQuery(MatchSide.newBuilder()
                                        .setDescribed(DescribedKeypoints.newBuilder()
                                                .setDescriptors(Vectors.newBuilder()
                                                        .setElementType(ElementType.ELEMENT_TYPE_FLOAT32)
                                                        .setDimension(3)
                                                        .setCount(2)
                                                        .setData(ByteString.copyFrom(new byte[12]))))),
                        "VECTORS_INVALID",
                        "12",
                        "6 x 4"),
                argumentSet(
                        "a descriptor that is not finite",
                        good.toBuilder().setQuery(described(3, 1, Float.POSITIVE_INFINITY, 0)),
                        "VECTOR_NOT_FINITE",
                        "Infinity",
                        "finite"));
    }

    @ParameterizedTest
    @MethodSource("badMatches")
    void refusesABadMatchQuotingValueAndLimit(MatchRequest.Builder request, String reason, String value, String limit) {
        assertRefused(
                () -> service.client().match(request.build()), Status.Code.INVALID_ARGUMENT, reason, value, limit);
    }

    private static void assertRefused(Runnable call, Status.Code code, String reason, String value, String limit) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
            assertThat(refused.getStatus().getCode()).isEqualTo(code);
            ErrorInfo info = errorInfo(refused);
            assertThat(info.getReason()).isEqualTo(reason);
            assertThat(info.getMetadataOrDefault("value", "")).isEqualTo(value);
            assertThat(info.getMetadataOrDefault("limit", "")).isEqualTo(limit);
        });
    }

    private static ErrorInfo errorInfo(StatusRuntimeException refused) {
        try {
            return Objects.requireNonNull(StatusProto.fromThrowable(refused))
                    .getDetails(0)
                    .unpack(ErrorInfo.class);
        } catch (com.google.protobuf.InvalidProtocolBufferException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private static DescribeRequest patches(int size, int... firstPixels) {
        byte[] pixels = new byte[size * size];
        for (int i = 0; i < firstPixels.length; i++) {
            pixels[i] = (byte) firstPixels[i];
        }
        return DescribeRequest.newBuilder()
                .setId("id")
                .setPatches(Patches.newBuilder().setSize(size).setData(ByteString.copyFrom(pixels)))
                .build();
    }

    private static DescribeRequest describe(ImagePatches.Builder image) {
        return DescribeRequest.newBuilder().setImage(image).build();
    }

    private static ImagePatches.Builder scene() {
        return ImagePatches.newBuilder()
                .setImage(ImageInput.newBuilder().setContent(ByteString.copyFrom(Scenes.scenePng())));
    }

    private static ImagePatches.Builder given(Keypoint... keypoints) {
        return scene().setGiven(KeypointList.newBuilder().addAllKeypoints(List.of(keypoints)));
    }

    private static MatchSide described(int dimension, float... values) {
        return MatchSide.newBuilder()
                .setDescribed(DescribedKeypoints.newBuilder()
                        .setDescriptors(VectorsMapping.vectors(
                                FloatBuffer.wrap(values), dimension, ElementType.ELEMENT_TYPE_FLOAT32)))
                .build();
    }
}
