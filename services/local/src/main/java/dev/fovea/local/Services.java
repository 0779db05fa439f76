package dev.fovea.local;

import dev.fovea.local.Settings.Listening;
import dev.fovea.repository.ModelVersion;
import java.util.List;
import java.util.Map;

/// The services that the program starts, in that order.
final class Services {

    static final String DESCRIPTION = "patch-description";
    static final String CLASSIFICATION = "fine-grained-classification";

    static final List<String> NAMES = List.of(DESCRIPTION, CLASSIFICATION);

    private static final String DEFAULT_MODEL = "fovea.models.default";

    private Services() {}

    static ServicePlan description(ModelVersion model, Listening listening, Reception reception) {
        return new ServicePlan(
                DESCRIPTION,
                "fovea.patch-descriptions",
                listening.descriptionGrpc(),
                listening.descriptionHttp(),
                Map.of(DEFAULT_MODEL, model.name()),
                reception,
                new ServicePlan.Example(
                        "fovea.v1.PatchDescription/Describe",
                        "{\"image\": {\"image\": {\"content\": \"%s\"}, \"sift\": {\"maxKeypoints\": 100}}}"));
    }

    static ServicePlan classification(ModelVersion model, Listening listening, Reception reception) {
        return new ServicePlan(
                CLASSIFICATION,
                "fovea.classifications",
                listening.classificationGrpc(),
                listening.classificationHttp(),
                Map.of(
                        DEFAULT_MODEL,
                        model.name(),
                        "fovea.classification.events.explanation",
                        "true",
                        "fovea.classification.events.explanation-max-side",
                        "1024"),
                reception,
                new ServicePlan.Example(
                        "fovea.v1.FineGrainedClassification/Classify",
                        "{\"image\": {\"content\": \"%s\"}, \"topK\": 3}"));
    }
}
