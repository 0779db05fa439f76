package dev.fovea.retrieval.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.fovea.grpc.StatusMapping;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.decode.DecodeLimits;
import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.DeadlineExceeded;
import dev.fovea.inference.failure.InferenceFailure;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.ModelFailed;
import dev.fovea.inference.failure.Overloaded;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.proto.v1.DescribeRequest;
import dev.fovea.proto.v1.DescribeResponse;
import dev.fovea.proto.v1.ElementType;
import dev.fovea.proto.v1.ModelIdentity;
import dev.fovea.proto.v1.PatchDescriptionGrpc;
import dev.fovea.proto.v1.Vectors;
import dev.fovea.retrieval.rerank.KeypointSearch;
import dev.fovea.retrieval.rerank.LocalFeatures;
import dev.fovea.tests.service.InProcessHost;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Against a service that answers as the test says; the real one is asked in `RemoteFeatureExtractorIT`.
class RemoteFeatureExtractorTest {

    private static final int KEYPOINTS = 50;
    private static final KeypointSearch SEARCH = KeypointSearch.DEFAULT;

    private final InProcessHost host = new InProcessHost();
    private final Answers service = new Answers();
    private final RemoteFeatureExtractor extractor = new RemoteFeatureExtractor(
            host.serve(service), "patches:9000", new ModelRef("siftnet", 2), SEARCH, Ticker.system());

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void theServiceSeesTheGreyWorkingImageAndItsKeypoints() throws Exception {
        try (Image image = noise(200, 100);
                var found = SEARCH.search(image, KEYPOINTS);
                var decoder = new ImageDecoder(DecodeLimits.defaults())) {
            describe(image);

            DescribeRequest request = service.asked;
            assertThat(request.getModel().getName()).isEqualTo("siftnet");
            assertThat(request.getModel().getVersion()).isEqualTo(2);
            assertThat(request.getImage().getGiven().getKeypointsList())
                    .hasSize(found.keypoints().size())
                    .first()
                    .satisfies(first -> assertThat(first.getX())
                            .isEqualTo(found.keypoints().getFirst().x()));
            try (Image sent =
                    decoder.decode(request.getImage().getImage().getContent().asReadOnlyByteBuffer())) {
                assertThat(sent.width()).isEqualTo(found.image().width());
                assertThat(sent.height()).isEqualTo(found.image().height());
            }
        }
    }

    @Test
    void theFeaturesLieInTheFullImage() throws Exception {
        try (Image image = noise(200, 100);
                var found = SEARCH.search(image, KEYPOINTS)) {
            LocalFeatures features = describe(image);

            assertThat(features.model().toString()).isEqualTo("siftnet@2");
            assertThat(features.image()).isEqualTo(found.full());
            assertThat(features.keypoints()).isEqualTo(found.located());
            assertThat(features.descriptors().count())
                    .isEqualTo(features.keypoints().size());
        }
    }

    @Test
    void whatTheServiceRefusesIsInvalidForTheSameReason() {
        service.failure = new StatusMapping(() -> "1")
                .exception(new InvalidInput("TOO_MANY_PATCHES", "400 keypoints given; the limit is 300", 400, 300));

        assertThatThrownBy(this::describeNoise)
                .isInstanceOfSatisfying(InvalidInput.class, refused -> {
                    assertThat(refused.code()).isEqualTo("TOO_MANY_PATCHES");
                    assertThat(refused.value()).isEqualTo("400");
                    assertThat(refused.limit()).isEqualTo("300");
                })
                .hasMessage("the patch description service at patches:9000: INVALID_ARGUMENT, "
                        + "400 keypoints given; the limit is 300");
    }

    @Test
    void anOverloadedServiceSaysWhenToComeBack() {
        service.failure = new StatusMapping(() -> "1")
                .exception(new Overloaded("QUEUE_FULL", "full", 5, 4, Duration.ofMillis(1250)));

        assertThatThrownBy(this::describeNoise).isInstanceOfSatisfying(Overloaded.class, overloaded -> {
            assertThat(overloaded.code()).isEqualTo("QUEUE_FULL");
            assertThat(overloaded.retryAfter()).isEqualTo(Duration.ofMillis(1250));
        });
    }

    @Test
    void aServiceThatIsAwayIsUnavailable() {
        assertThatThrownBy(() -> failing(Status.UNAVAILABLE)).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> failing(Status.UNIMPLEMENTED)).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> failing(Status.NOT_FOUND)).isInstanceOf(Unavailable.class);
    }

    @Test
    void anInternalErrorOfTheServiceIsAModelsFailure() {
        assertThatThrownBy(() -> failing(Status.INTERNAL)).isInstanceOf(ModelFailed.class);
    }

    @Test
    void aServiceThatDoesNotAnswerInTimeIsLate() {
        service.silent = true;

        assertThatThrownBy(() -> describe(noise(64, 64), Duration.ofMillis(50)))
                .isInstanceOf(DeadlineExceeded.class)
                .isInstanceOf(InferenceFailure.class);
    }

    @Test
    void aCallerThatIsInterruptedEndsTheCall() {
        service.silent = true;
        Thread caller = Thread.currentThread();
        service.onAsked = caller::interrupt;

        assertThatThrownBy(this::describeNoise).isInstanceOf(InterruptedException.class);
    }

    @Test
    void tooFewDescriptorsAreAModelsFailure() {
        service.change = response -> response.toBuilder()
                .setDescriptors(response.getDescriptors().toBuilder().setCount(1))
                .build();

        assertThatThrownBy(this::describeNoise)
                .isInstanceOf(ModelFailed.class)
                .hasMessageContaining("answered 1 descriptors of dimension 2 for");
    }

    private void failing(Status status) throws InterruptedException {
        service.failure = status.asRuntimeException();
        describeNoise();
    }

    private void describeNoise() throws InterruptedException {
        try (Image image = noise(64, 64)) {
            describe(image);
        }
    }

    private LocalFeatures describe(Image image) throws InterruptedException {
        return describe(image, Duration.ofMinutes(1));
    }

    private LocalFeatures describe(Image image, Duration timeout) throws InterruptedException {
        return extractor.prepare(image, KEYPOINTS).describe(Lane.INTERACTIVE, Deadline.after(timeout, Ticker.system()));
    }

    private static Image noise(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        new Random(1).nextBytes(rgb);
        return Image.fromRgb(width, height, rgb);
    }

    /// Written by the test's thread before a call, read by gRPC's during it.
    private static final class Answers extends PatchDescriptionGrpc.PatchDescriptionImplBase {

        private volatile RuntimeException failure = new IllegalStateException();
        private volatile boolean silent;
        private volatile Runnable onAsked = () -> {};
        private volatile UnaryOperator<DescribeResponse> change = UnaryOperator.identity();
        private volatile DescribeRequest asked = DescribeRequest.getDefaultInstance();

        @Override
        public void describe(DescribeRequest request, StreamObserver<DescribeResponse> observer) {
            asked = request;
            onAsked.run();
            if (silent) {
                return;
            }
            if (!(failure instanceof IllegalStateException)) {
                observer.onError(failure);
                return;
            }
            int count = request.getImage().getGiven().getKeypointsCount();
            var vectors = Vectors.newBuilder()
                    .setElementType(ElementType.ELEMENT_TYPE_FLOAT32)
                    .setDimension(2)
                    .setCount(count)
                    .setData(ByteString.copyFrom(new byte[8 * count]));
            observer.onNext(change.apply(DescribeResponse.newBuilder()
                    .setModel(ModelIdentity.newBuilder().setName("siftnet").setVersion(2))
                    .setDescriptors(vectors)
                    .build()));
            observer.onCompleted();
        }
    }
}
