package dev.fovea.classification.events;

import com.google.protobuf.Message;
import dev.fovea.classification.Classification;
import dev.fovea.classification.ClassificationRequest;
import dev.fovea.classification.FineGrainedClassifier;
import dev.fovea.classification.wire.ExplanationMapping;
import dev.fovea.classification.wire.LabelMapping;
import dev.fovea.grpc.ModelMapping;
import dev.fovea.grpc.TimingsMapping;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.lifecycle.ModelIdentity;
import dev.fovea.kafka.AnsweringModel;
import dev.fovea.kafka.EventAnswer;
import dev.fovea.kafka.EventListener;
import dev.fovea.kafka.ImageEvent;
import dev.fovea.proto.v1.ClassificationResult;
import java.util.Optional;
import java.util.function.Supplier;

/// The Kafka entrance: classifies each event's image with the default model in the bulk lane. Any thread.
public final class FineGrainedClassificationEventListener implements EventListener<ImageEvent> {
    /// `ce_type` of a result.
    public static final String RESULT_TYPE = "dev.fovea.classification.v1";

    private final FineGrainedClassifier classifier;
    private final EventRule rule;
    private final Supplier<Optional<ModelIdentity>> answering;

    /// @param rule how every event is classified
    /// @param answering the model that answers events now; empty while none does
    public FineGrainedClassificationEventListener(
            FineGrainedClassifier classifier, EventRule rule, Supplier<Optional<ModelIdentity>> answering) {
        this.classifier = classifier;
        this.rule = rule;
        this.answering = answering;
    }

    @Override
    public EventAnswer onEvent(ImageEvent event, Deadline deadline) throws InterruptedException {
        ClassificationRequest request = rule.request(event.source());
        Classification classification = classifier.classify(request, Lane.BULK, deadline);
        ModelIdentity model = classification.models().getFirst();
        ClassificationResult result = result(event, model, classification);
        return new EventAnswer(RESULT_TYPE, result, withoutPictures(result), AnsweringModel.of(model));
    }

    @Override
    public Optional<AnsweringModel> model() {
        return answering.get().map(AnsweringModel::of);
    }

    /// The labels count for more than the pictures.
    private static Optional<Message> withoutPictures(ClassificationResult result) {
        return result.hasExplanation()
                ? Optional.of(result.toBuilder()
                        .clearExplanation()
                        .setExplanationLeftOut(true)
                        .build())
                : Optional.empty();
    }

    private static ClassificationResult result(ImageEvent event, ModelIdentity model, Classification classification) {
        var result = ClassificationResult.newBuilder()
                .setImageId(event.id())
                .setModel(ModelMapping.identity(model))
                .setImageWidth(classification.image().widthPx())
                .setImageHeight(classification.image().heightPx())
                .addAllLabels(LabelMapping.messages(classification.labels()))
                .setTimings(TimingsMapping.timings(classification.timings()));
        classification.sparseSampling().ifPresent(answers -> result.setSparseSampling(LabelMapping.message(answers)));
        classification
                .explanation()
                .ifPresent(explanation -> result.setExplanation(ExplanationMapping.message(explanation)));
        return result.build();
    }
}
