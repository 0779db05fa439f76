package dev.fovea.classification.rpc;

import dev.fovea.classification.Classification;
import dev.fovea.classification.ClassificationLimits;
import dev.fovea.classification.ClassificationRequest;
import dev.fovea.classification.ExplanationRequest;
import dev.fovea.classification.ScoreRule;
import dev.fovea.classification.ViewChoice;
import dev.fovea.classification.wire.ExplanationMapping;
import dev.fovea.classification.wire.LabelMapping;
import dev.fovea.grpc.ImageInputMapping;
import dev.fovea.grpc.ModelMapping;
import dev.fovea.grpc.TimingsMapping;
import dev.fovea.imaging.preprocess.ViewRule;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.proto.v1.ClassifyRequest;
import dev.fovea.proto.v1.ClassifyResponse;
import java.util.Optional;

/// `Classify` between its messages and the port's records, with the defaults filled in.
final class ClassifyMapping {
    private final ClassificationLimits limits;

    ClassifyMapping(ClassificationLimits limits) {
        this.limits = limits;
    }

    /// @throws InvalidInput naming the field that is missing or wrong
    ClassificationRequest request(ClassifyRequest message) {
        return new ClassificationRequest(
                message.getModelsList().stream().map(ModelMapping::ref).toList(),
                ImageInputMapping.source(message.getImage()),
                scores(message),
                new ViewChoice(views(message), message.getFlip()),
                explanation(message));
    }

    static ClassifyResponse response(String id, Classification classification) {
        var response = ClassifyResponse.newBuilder()
                .setId(id)
                .addAllLabels(LabelMapping.messages(classification.labels()))
                .setImageWidth(classification.image().widthPx())
                .setImageHeight(classification.image().heightPx())
                .setTimings(TimingsMapping.timings(classification.timings()));
        classification.models().forEach(model -> response.addModels(ModelMapping.identity(model)));
        classification.sparseSampling().ifPresent(answers -> response.setSparseSampling(LabelMapping.message(answers)));
        classification
                .explanation()
                .ifPresent(explanation -> response.setExplanation(ExplanationMapping.message(explanation)));
        return response.build();
    }

    private ScoreRule scores(ClassifyRequest message) {
        float temperature = message.getTemperature() == 0 ? ScoreRule.NO_TEMPERATURE : message.getTemperature();
        return new ScoreRule(
                limits.labels(Integer.toUnsignedLong(message.getTopK())), message.getMinProbability(), temperature);
    }

    private static ViewRule views(ClassifyRequest message) {
        return switch (message.getViews()) {
            case VIEWS_UNSPECIFIED -> ViewRule.AS_TRAINED;
            case VIEWS_CENTRE_CROP -> ViewRule.CENTRE_CROP;
            case VIEWS_TEN_CROP -> ViewRule.TEN_CROP;
            case UNRECOGNIZED ->
                throw new InvalidInput(
                        "VIEWS_UNKNOWN",
                        "views " + message.getViewsValue() + " are none of unspecified, centre_crop, ten_crop",
                        message.getViewsValue(),
                        "VIEWS_UNSPECIFIED, VIEWS_CENTRE_CROP, VIEWS_TEN_CROP");
        };
    }

    private Optional<ExplanationRequest> explanation(ClassifyRequest message) {
        if (!message.hasExplanation()) {
            return Optional.empty();
        }
        var asked = message.getExplanation();
        return Optional.of(limits.explanation(
                Integer.toUnsignedLong(asked.getMaxSide()), Integer.toUnsignedLong(asked.getClasses())));
    }
}
