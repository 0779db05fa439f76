package dev.fovea.local;

import dev.fovea.local.Settings.Doors;
import dev.fovea.repository.ModelVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The services that the program starts, in that order.
final class Services {

    static final String DESCRIPTION = "patch-description";
    static final String CLASSIFICATION = "fine-grained-classification";
    static final String RETRIEVAL = "global-retrieval";

    static final List<String> NAMES = List.of(DESCRIPTION, CLASSIFICATION, RETRIEVAL);

    /// Topic of searches.
    static final String QUERIES = "fovea.retrieval-queries";

    /// Within that time searches see what the index has answered for.
    static final Duration VISIBLE_WITHIN = Duration.ofMillis(200);

    private static final String DEFAULT_MODEL = "fovea.models.default";
    private static final String COLLECTION = "fovea.retrieval.collections.\"images\".";

    private Services() {}

    static ServicePlan description(ModelVersion model, Doors doors, Reception reception) {
        return new ServicePlan(
                DESCRIPTION,
                Topics.IMAGES,
                "fovea.patch-descriptions",
                launch(doors, Map.of(DEFAULT_MODEL, model.name())),
                reception,
                new ServicePlan.Example(
                        "fovea.v1.PatchDescription/Describe",
                        "{\"image\": {\"image\": {\"content\": \"%s\"}, \"sift\": {\"maxKeypoints\": 100}}}"));
    }

    static ServicePlan classification(ModelVersion model, Doors doors, Reception reception) {
        Map<String, String> configuration = Map.of(
                DEFAULT_MODEL,
                model.name(),
                "fovea.classification.events.explanation",
                "true",
                "fovea.classification.events.explanation-max-side",
                "1024");
        return new ServicePlan(
                CLASSIFICATION,
                Topics.IMAGES,
                "fovea.classifications",
                launch(doors, configuration),
                reception,
                new ServicePlan.Example(
                        "fovea.v1.FineGrainedClassification/Classify",
                        "{\"image\": {\"content\": \"%s\"}, \"topK\": 3}"));
    }

    /// What it makes of images; [#retrievalQueries] is what it makes of searches.
    ///
    /// @param models the embedder, then that of the local descriptors
    /// @param index folder that the index is kept in
    static ServicePlan retrieval(List<ModelVersion> models, Path index, Doors doors, Reception reception) {
        String local = models.getLast().name();
        Map<String, String> configuration = Map.of(
                DEFAULT_MODEL,
                models.getFirst().name(),
                "fovea.models.load",
                local,
                "fovea.retrieval.lucene.folder",
                index.toString(),
                "fovea.retrieval.lucene.refresh",
                VISIBLE_WITHIN.toMillis() + "ms",
                COLLECTION + "local-model",
                local,
                COLLECTION + "rerank",
                "true",
                // As large as the contact sheets show them.
                COLLECTION + "thumbnail-side",
                "480");
        List<String> vectors = List.of("--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED");
        return new ServicePlan(
                RETRIEVAL,
                Topics.IMAGES,
                "fovea.embeddings",
                new ServicePlan.Launch(doors.grpc(), doors.http(), vectors, configuration),
                reception,
                new ServicePlan.Example(
                        "fovea.v1.GlobalRetrieval/Search",
                        "{\"image\": {\"content\": \"%s\"}, \"k\": 3, \"rerank\": {\"mode\": \"RERANK_MODE_ON\"}}"));
    }

    static ServicePlan retrievalQueries(ServicePlan retrieval, Reception reception) {
        return retrieval.answering(QUERIES, "fovea.retrieval-results", reception);
    }

    private static ServicePlan.Launch launch(Doors doors, Map<String, String> configuration) {
        return new ServicePlan.Launch(doors.grpc(), doors.http(), List.of(), configuration);
    }
}
