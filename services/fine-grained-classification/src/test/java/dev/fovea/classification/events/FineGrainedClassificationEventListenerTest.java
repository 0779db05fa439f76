package dev.fovea.classification.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.classification.ExplanationRequest;
import dev.fovea.classification.FakeClassifier;
import dev.fovea.classification.FakeS3n;
import dev.fovea.classification.Pictures;
import dev.fovea.classification.ScoreRule;
import dev.fovea.classification.ViewChoice;
import dev.fovea.classification.rpc.InProcessService;
import dev.fovea.imaging.preprocess.ViewRule;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.ImageSource;
import dev.fovea.inference.Lane;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.ModelFailed;
import dev.fovea.inference.lifecycle.ComputedModel;
import dev.fovea.inference.lifecycle.ModelIdentity;
import dev.fovea.kafka.AnsweringModel;
import dev.fovea.kafka.EventAnswer;
import dev.fovea.kafka.EventEnvelope;
import dev.fovea.kafka.EventPosition;
import dev.fovea.kafka.ImageEvent;
import dev.fovea.proto.v1.ClassificationResult;
import dev.fovea.proto.v1.ScoredLabel;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FineGrainedClassificationEventListenerTest {
    private static final Deadline LATER = new Deadline(Long.MAX_VALUE / 2);
    private static final ImageSource PICTURE = Pictures.source(Pictures.redAndBluePng());

    private final ComputedModel model = FakeClassifier.ofColours("colours");
    private final ComputedModel sparse = FakeS3n.create();
    private final InProcessService service = new InProcessService(model);
    private final InProcessService sparseService = new InProcessService(sparse);
    private Optional<ModelIdentity> answering = Optional.empty();

    @AfterEach
    void stop() {
        service.close();
        sparseService.close();
    }

    @Test
    void classifiesAnEventsImageInTheBulkLane() throws InterruptedException {
        EventAnswer answer = listener(new EventRule(ScoreRule.best(2), ViewChoice.AS_TRAINED, Optional.empty()))
                .onEvent(event(PICTURE), LATER);

        assertThat(answer.type()).isEqualTo("dev.fovea.classification.v1");
        assertThat(answer.model()).isEqualTo(new AnsweringModel("colours", 1, model.digest()));
        assertThat(answer.payload()).isInstanceOfSatisfying(ClassificationResult.class, result -> {
            assertThat(result.getImageId()).isEqualTo("photo-1");
            assertThat(result.getImageWidth()).isEqualTo(Pictures.WIDTH);
            assertThat(result.getImageHeight()).isEqualTo(Pictures.HEIGHT);
            assertThat(result.getLabelsList()).extracting(ScoredLabel::getLabel).containsExactly("red", "green");
            assertThat(result.getModel().getDigest()).isEqualTo(model.digest());
            assertThat(result.getTimings().getBatchSize()).isOne();
            assertThat(result.hasSparseSampling()).isFalse();
            assertThat(result.hasExplanation()).isFalse();
        });
        assertThat(answer.shorter())
                .as("without pictures nothing can be left out")
                .isEmpty();
        assertThat(model.lanes()).containsExactly(Lane.BULK);
    }

    @Test
    void keepsToTheConfiguredRule() throws InterruptedException {
        var rule =
                new EventRule(new ScoreRule(3, 0.3f, 1), new ViewChoice(ViewRule.AS_TRAINED, true), Optional.empty());

        var result = (ClassificationResult)
                listener(rule).onEvent(event(PICTURE), LATER).payload();

        // The mirror image is blue where the image is red.
        assertThat(result.getLabelsList()).extracting(ScoredLabel::getLabel).containsExactly("red", "blue");
        assertThat(result.getTimings().getBatchSize()).isEqualTo(2);
    }

    @Test
    void explainsIfConfigured() throws InterruptedException {
        var rule = new EventRule(ScoreRule.best(1), ViewChoice.AS_TRAINED, Optional.of(new ExplanationRequest(32, 1)));
        var listener = new FineGrainedClassificationEventListener(sparseService.classifier(), rule, Optional::empty);

        EventAnswer answer = listener.onEvent(event(PICTURE), LATER);

        var result = (ClassificationResult) answer.payload();
        assertThat(result.getSparseSampling().getOriginList()).hasSize(1);
        assertThat(result.getExplanation().getWidth()).isEqualTo(32);
        assertThat(result.getExplanation().getSparseSampling().getPeaksList()).hasSize(3);
        assertThat(answer.shorter())
                .contains(result.toBuilder()
                        .clearExplanation()
                        .setExplanationLeftOut(true)
                        .build());
    }

    @Test
    void aReferenceThatIsNotAllowedFailsForGood() {
        var event = event(new ImageSource.Reference(URI.create("http://169.254.169.254/latest/meta-data")));

        assertThatThrownBy(() -> listener().onEvent(event, LATER))
                .isInstanceOfSatisfying(InvalidInput.class, invalid -> assertThat(invalid.code())
                        .isEqualTo("REFERENCE_NOT_ALLOWED"));
    }

    @Test
    void aFailureOfTheModelReachesTheConsumer() {
        model.failWith(new ModelFailed("failed alone", new RuntimeException()));

        assertThatThrownBy(() -> listener().onEvent(event(PICTURE), LATER)).isInstanceOf(ModelFailed.class);
    }

    @Test
    void deadLettersNameTheModelThatAnswersNow() {
        assertThat(listener().model()).isEmpty();

        answering = Optional.of(ModelIdentity.of(model));

        assertThat(listener().model()).contains(new AnsweringModel("colours", 1, model.digest()));
    }

    private FineGrainedClassificationEventListener listener() {
        return listener(new EventRule(ScoreRule.best(2), ViewChoice.AS_TRAINED, Optional.empty()));
    }

    private FineGrainedClassificationEventListener listener(EventRule rule) {
        return new FineGrainedClassificationEventListener(service.classifier(), rule, () -> answering);
    }

    private static ImageEvent event(ImageSource source) {
        return new ImageEvent(new EventEnvelope("photo-1", new EventPosition("fovea.images", 0, 0, 0)), source);
    }
}
