package dev.fovea.classification.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;
import dev.fovea.classification.FakeClassifier;
import dev.fovea.classification.FakeS3n;
import dev.fovea.classification.Pictures;
import dev.fovea.inference.Lane;
import dev.fovea.inference.failure.ModelFailed;
import dev.fovea.inference.failure.Overloaded;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.inference.lifecycle.ComputedModel;
import dev.fovea.proto.v1.ClassifyRequest;
import dev.fovea.proto.v1.ClassifyResponse;
import dev.fovea.proto.v1.ClassifyStreamResponse;
import dev.fovea.proto.v1.ExplanationRequest;
import dev.fovea.proto.v1.GateChoice;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.proto.v1.InfoRequest;
import dev.fovea.proto.v1.InfoResponse;
import dev.fovea.proto.v1.ModelIdentity;
import dev.fovea.proto.v1.ModelRef;
import dev.fovea.proto.v1.ScoredLabel;
import dev.fovea.proto.v1.Views;
import dev.fovea.tests.service.StreamAnswers;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
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
class FineGrainedClassificationGrpcServiceTest {
    private static final byte[] PICTURE = Pictures.redAndBluePng();

    private final ComputedModel model = FakeClassifier.ofColours("colours");
    private final ComputedModel other = FakeClassifier.ofColours("other");
    private final ComputedModel letters = FakeClassifier.ofLetters("letters");
    private final ComputedModel sparse = FakeS3n.create();
    private final InProcessService service = new InProcessService(model, other, letters, sparse);

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void classifiesAnImage() {
        ClassifyResponse response =
                service.client().classify(picture().setId("photo").build());

        assertThat(response.getId()).isEqualTo("photo");
        assertThat(response.getModelsList())
                .containsExactly(ModelIdentity.newBuilder()
                        .setName("colours")
                        .setVersion(1)
                        .setDigest(model.digest())
                        .build());
        assertThat(response.getLabelsList()).extracting(ScoredLabel::getLabel).containsExactly("red", "green");
        assertThat(response.getLabels(0).getIndex()).isZero();
        assertThat(response.getLabels(0).getProbability()).isBetween(0.98f, 0.99f);
        assertThat(response.getImageWidth()).isEqualTo(Pictures.WIDTH);
        assertThat(response.getImageHeight()).isEqualTo(Pictures.HEIGHT);
        assertThat(response.getTimings().getBatchSize()).isEqualTo(1);
        assertThat(response.hasSparseSampling()).isFalse();
        assertThat(response.hasExplanation()).isFalse();
        assertThat(model.lanes()).containsExactly(Lane.INTERACTIVE);
    }

    @Test
    void returnsAsManyLabelsAsAskedForOrTheServicesDefault() {
        assertThat(classify(picture()).getLabelsCount()).isEqualTo(InProcessService.LIMITS.topK());
        assertThat(classify(picture().setTopK(1)).getLabelsCount()).isOne();
        assertThat(classify(picture().setTopK(20)).getLabelsCount()).isEqualTo(3);
    }

    @Test
    void leavesOutLabelsBelowTheLeastProbability() {
        assertThat(classify(picture().setTopK(3).setMinProbability(0.5f)).getLabelsCount())
                .isOne();
        assertThat(classify(picture().setTopK(3).setMinProbability(1)).getLabelsList())
                .isEmpty();
    }

    @Test
    void aTemperatureFlattens() {
        float plain = classify(picture()).getLabels(0).getProbability();
        float hot = classify(picture().setTemperature(10)).getLabels(0).getProbability();

        assertThat(hot).isLessThan(plain);
    }

    @Test
    void averagesMirrorImagesAndCrops() {
        assertThat(classify(picture().setFlip(true)).getLabelsList())
                .extracting(ScoredLabel::getLabel)
                .containsExactly("red", "blue");
        assertThat(classify(picture().setViews(Views.VIEWS_CENTRE_CROP))
                        .getTimings()
                        .getBatchSize())
                .isEqualTo(1);
        assertThat(classify(picture().setViews(Views.VIEWS_TEN_CROP))
                        .getTimings()
                        .getBatchSize())
                .isEqualTo(10);
    }

    @Test
    void anEnsembleNamesItsMembersInTheOrderAsked() {
        ClassifyResponse response = classify(picture().addModels(ref("other")).addModels(ref("colours")));

        assertThat(response.getModelsList()).extracting(ModelIdentity::getName).containsExactly("other", "colours");
    }

    @Test
    void anS3nAnswersWithItsBranchesAndExplainsItself() {
        ClassifyResponse response = classify(picture()
                .addModels(ref("s3n"))
                .setTopK(1)
                .setExplanation(ExplanationRequest.newBuilder().setMaxSide(32)));

        var branches = response.getSparseSampling();
        assertThat(branches.getOriginList()).extracting(ScoredLabel::getLabel).containsExactly("red");
        assertThat(branches.getDiscriminativeList())
                .extracting(ScoredLabel::getLabel)
                .containsExactly("green");
        assertThat(branches.getComplementaryList())
                .extracting(ScoredLabel::getLabel)
                .containsExactly("blue");
        assertThat(branches.getGate().getChoice()).isEqualTo(GateChoice.GATE_CHOICE_FIVE_BEST_CLASSES);
        assertThat(branches.getGate().getScore()).isEqualTo(-0.75f);
        var explanation = response.getExplanation();
        assertThat(explanation.getWidth()).isEqualTo(32);
        assertThat(explanation.getHeight()).isEqualTo(24);
        assertThat(explanation.getResponsesList()).isEmpty();
        var looked = explanation.getSparseSampling();
        assertThat(looked.getPeaksList())
                .extracting(dev.fovea.proto.v1.Peak::getScore)
                .containsExactly(1f, 0.5f, 0.25f);
        assertThat(List.of(
                        looked.getOverlay(),
                        looked.getZoomMap(),
                        looked.getComplementMap(),
                        looked.getZoomed(),
                        looked.getComplement()))
                .allSatisfy(
                        png -> assertThat(png.substring(1, 4).toStringUtf8()).isEqualTo("PNG"));
    }

    @Test
    void aStreamAnswersInOrderAndOutlivesBadRequests() throws Exception {
        var answers = new StreamAnswers<ClassifyStreamResponse>();
        var requests = service.streamingClient().classifyStream(answers);
        for (int i = 0; i < 40; i++) {
            ClassifyRequest.Builder request = i % 5 == 3 ? picture().setTopK(21) : picture();
            requests.onNext(request.setId("r" + i).build());
        }
        requests.onCompleted();

        List<ClassifyStreamResponse> received = answers.await();

        assertThat(received)
                .extracting(ClassifyStreamResponse::getId)
                .isEqualTo(IntStream.range(0, 40).mapToObj(i -> "r" + i).toList());
        for (int i = 0; i < 40; i++) {
            ClassifyStreamResponse answer = received.get(i);
            assertThat(answer.hasFailure()).isEqualTo(i % 5 == 3);
            if (answer.hasFailure()) {
                assertThat(answer.getFailure().getCode()).isEqualTo("TOP_K_TOO_LARGE");
                assertThat(answer.getFailure().getValue()).isEqualTo("21");
                assertThat(answer.getFailure().getLimit()).isEqualTo("20");
            } else {
                assertThat(answer.getResponse().getId()).isEqualTo("r" + i);
            }
        }
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                argumentSet(
                        "the model fails on this image alone",
                        new ModelFailed("failed alone", new RuntimeException("secret")),
                        Status.Code.INTERNAL,
                        "MODEL_FAILED"),
                argumentSet(
                        "the queue is full",
                        new Overloaded("QUEUE_FULL", "full", 10, 5, Duration.ofMillis(20)),
                        Status.Code.RESOURCE_EXHAUSTED,
                        "QUEUE_FULL"),
                argumentSet(
                        "the model drains",
                        new Unavailable("DRAINING", "shutting down"),
                        Status.Code.UNAVAILABLE,
                        "DRAINING"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureOfTheModelKeepsItsCode(RuntimeException thrown, Status.Code status, String code) {
        model.failWith(thrown);

        assertThatThrownBy(() -> classify(picture())).isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
            assertThat(refused.getStatus().getCode()).isEqualTo(status);
            assertThat(errorInfo(refused).getReason()).isEqualTo(code);
            assertThat(refused).hasMessageNotContaining("secret");
        });
    }

    @Test
    void anAnswerThatIsNoNumberIsAFailureOfTheModel() throws Exception {
        ComputedModel broken = FakeClassifier.saying(model.manifest(), 1, Float.NaN, 0);

        try (var failing = new InProcessService(broken)) {
            assertRefused(
                    () -> failing.client().classify(picture().build()), Status.Code.INTERNAL, "MODEL_FAILED", "", "");
        }
    }

    static Stream<Arguments> badRequests() {
        return Stream.of(
                argumentSet("no image", ClassifyRequest.newBuilder(), "IMAGE_MISSING", "", ""),
                argumentSet(
                        "a reference that is none",
                        ClassifyRequest.newBuilder()
                                .setImage(ImageInput.newBuilder().setUri("not a uri")),
                        "REFERENCE_INVALID",
                        "not a uri",
                        "RFC 3986"),
                argumentSet(
                        "negative model version",
                        picture().addModels(ModelRef.newBuilder().setVersion(-1)),
                        "MODEL_VERSION_INVALID",
                        "-1",
                        "0"),
                argumentSet(
                        "nine models",
                        picture().addAllModels(Collections.nCopies(9, ref("colours"))),
                        "ENSEMBLE_TOO_LARGE",
                        "9",
                        "8"),
                argumentSet(
                        "a model twice",
                        picture().addModels(ref("colours")).addModels(ref("")),
                        "ENSEMBLE_MODEL_TWICE",
                        "colours@1",
                        "1"),
                argumentSet(
                        "models of other labels",
                        picture().addModels(ref("colours")).addModels(ref("letters")),
                        "ENSEMBLE_LABELS_DIFFER",
                        "letters@1",
                        "colours@1"),
                argumentSet("too many labels", picture().setTopK(21), "TOP_K_TOO_LARGE", "21", "20"),
                argumentSet("4 billion labels", picture().setTopK(-1), "TOP_K_TOO_LARGE", "4294967295", "20"),
                argumentSet(
                        "a negative probability",
                        picture().setMinProbability(-0.5f),
                        "MIN_PROBABILITY_INVALID",
                        "-0.5",
                        "[0, 1]"),
                argumentSet(
                        "a probability above one",
                        picture().setMinProbability(1.5f),
                        "MIN_PROBABILITY_INVALID",
                        "1.5",
                        "[0, 1]"),
                argumentSet(
                        "a probability that is no number",
                        picture().setMinProbability(Float.NaN),
                        "MIN_PROBABILITY_INVALID",
                        "NaN",
                        "[0, 1]"),
                argumentSet(
                        "too cold", picture().setTemperature(0.001f), "TEMPERATURE_INVALID", "0.001", "[0.01, 100]"),
                argumentSet("too hot", picture().setTemperature(101), "TEMPERATURE_INVALID", "101.0", "[0.01, 100]"),
                argumentSet(
                        "a negative temperature",
                        picture().setTemperature(-1),
                        "TEMPERATURE_INVALID",
                        "-1.0",
                        "[0.01, 100]"),
                argumentSet(
                        "a temperature that is no number",
                        picture().setTemperature(Float.NaN),
                        "TEMPERATURE_INVALID",
                        "NaN",
                        "[0.01, 100]"),
                argumentSet(
                        "unknown views",
                        picture().setViewsValue(42),
                        "VIEWS_UNKNOWN",
                        "42",
                        "VIEWS_UNSPECIFIED, VIEWS_CENTRE_CROP, VIEWS_TEN_CROP"),
                argumentSet(
                        "pictures that are too large",
                        picture().setExplanation(ExplanationRequest.newBuilder().setMaxSide(257)),
                        "EXPLANATION_SIZE_TOO_LARGE",
                        "257 px",
                        "256 px"),
                argumentSet(
                        "too many explained classes",
                        picture().setExplanation(ExplanationRequest.newBuilder().setClasses(11)),
                        "EXPLANATION_CLASSES_TOO_MANY",
                        "11",
                        "10"),
                argumentSet(
                        "an explanation of a model that has none",
                        picture().setExplanation(ExplanationRequest.getDefaultInstance()),
                        "EXPLANATION_UNSUPPORTED",
                        "colours@1",
                        "outputs response_classes with response_maps or with response_forms and response_features, or those"
                                + " of an S3N"));
    }

    @ParameterizedTest
    @MethodSource("badRequests")
    void refusesABadRequestQuotingValueAndLimit(
            ClassifyRequest.Builder request, String reason, String value, String limit) {
        assertRefused(() -> classify(request), Status.Code.INVALID_ARGUMENT, reason, value, limit);
        assertThat(model.lanes()).isEmpty();
    }

    @Test
    void anUnknownModelIsNotFound() {
        assertRefused(
                () -> classify(picture()
                        .addModels(ModelRef.newBuilder().setName("birds").setVersion(2))),
                Status.Code.NOT_FOUND,
                "MODEL_NOT_FOUND",
                "birds@2",
                "colours@1, letters@1, other@1, s3n@1");
    }

    @Test
    void describesItself() {
        InfoResponse info = service.info().info(InfoRequest.getDefaultInstance());

        assertThat(info.getService()).isEqualTo("fine-grained-classification");
        assertThat(info.getModelsList())
                .extracting(served -> served.getIdentity().getName(), served -> served.getTask())
                .contains(org.assertj.core.groups.Tuple.tuple("colours", "fine-grained-classification"));
    }

    private ClassifyResponse classify(ClassifyRequest.Builder request) {
        return service.client().classify(request.build());
    }

    private static ClassifyRequest.Builder picture() {
        return ClassifyRequest.newBuilder().setImage(ImageInput.newBuilder().setContent(ByteString.copyFrom(PICTURE)));
    }

    private static ModelRef ref(String name) {
        return ModelRef.newBuilder().setName(name).build();
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
}
