package dev.fovea.retrieval.wiring;

import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.quarkus.OwnLimits;
import dev.fovea.quarkus.config.ServingConfig;
import dev.fovea.retrieval.CollectionSettings;
import dev.fovea.retrieval.RetrievalLimits;
import dev.fovea.retrieval.StageTwoSettings;
import dev.fovea.vectorindex.VectorStorage;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Configuration to the records that the pipeline and the engines take; pure.
final class ConfiguredRetrieval {
    private static final String PREFIX = "fovea.retrieval.";
    private static final String ONLY_COLLECTION = "images";
    private static final StageTwoSettings ONLY_STAGE_ONE = new StageTwoSettings(false, 400, 320);

    private ConfiguredRetrieval() {}

    static RetrievalLimits limits(RetrievalConfig config) {
        return new RetrievalLimits(config.maxK(), config.k(), config.maxCandidates());
    }

    static OwnLimits ownLimits(RetrievalConfig config) {
        return new OwnLimits(Map.of(
                PREFIX + "rerank.max-candidates", config.rerank().maxCandidates() + " images",
                PREFIX + "rerank.keypoints", config.rerank().keypoints() + " keypoints",
                PREFIX + "rerank.time-limit", config.rerank().timeLimit().toMillis() + " ms",
                PREFIX + "rerank.max-pictures", config.rerank().maxPictures() + " pictures",
                PREFIX + "max-k", config.maxK() + " images",
                PREFIX + "max-candidates", config.maxCandidates() + " images",
                PREFIX + "stream-window", config.streamWindow() + " requests"));
    }

    /// In the order of their names.
    ///
    /// @throws IllegalArgumentException if a name is not allowed, or there is nothing to re-rank by
    static List<CollectionSettings> collections(RetrievalConfig config, String defaultModel) {
        if (config.collections().isEmpty()) {
            return List.of(new CollectionSettings(
                    ONLY_COLLECTION,
                    model(defaultModel),
                    Optional.empty(),
                    VectorStorage.FLOAT32,
                    Map.of(),
                    ONLY_STAGE_ONE));
        }
        return new TreeMap<>(config.collections())
                .entrySet().stream()
                        .map(entry -> collection(entry.getKey(), entry.getValue(), defaultModel))
                        .toList();
    }

    /// @throws IllegalArgumentException if there are several and none is named, or it is none of them
    static String defaultCollection(RetrievalConfig config, List<CollectionSettings> collections) {
        List<String> names = collections.stream().map(CollectionSettings::name).toList();
        if (config.defaultCollection().isEmpty() && names.size() > 1) {
            throw new IllegalArgumentException(
                    PREFIX + "default-collection is missing: there are several collections, " + names);
        }
        String name = config.defaultCollection().orElse(names.getFirst());
        requireKnown("default-collection", name, names);
        return name;
    }

    /// @throws IllegalArgumentException if values contradict each other
    static void check(RetrievalConfig config, ServingConfig serving) {
        limits(config);
        List<CollectionSettings> collections =
                collections(config, serving.models().defaultName());
        defaultCollection(config, collections);
        List<String> names = collections.stream().map(CollectionSettings::name).toList();
        config.events().collection().ifPresent(name -> requireKnown("events.collection", name, names));
        Set<String> loaded = loaded(serving);
        for (CollectionSettings collection : collections) {
            requireLoaded(collection, "model", collection.model(), loaded);
            if (config.localFeatures().remote().isEmpty()) {
                collection.localModel().ifPresent(model -> requireLoaded(collection, "local-model", model, loaded));
            }
        }
        ConfiguredEngine.check(config);
        ConfiguredStageTwo.rules(config.rerank());
        LocalExtractors.check(config.localFeatures());
    }

    private static CollectionSettings collection(String name, CollectionConfig config, String defaultModel) {
        if (config.rerank() && config.localModel().isEmpty()) {
            throw new IllegalArgumentException(key(name, "rerank") + " = true needs " + key(name, "local-model"));
        }
        return new CollectionSettings(
                name,
                model(config.model().orElse(defaultModel)),
                config.localModel().map(ConfiguredRetrieval::model),
                config.storage(),
                config.fields(),
                new StageTwoSettings(config.rerank(), config.keypoints(), config.thumbnailSide()));
    }

    /// @param text `name` or `name@version`
    /// @throws IllegalArgumentException if the version is not a positive whole number
    private static ModelRef model(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            return new ModelRef(text, 0);
        }
        String version = text.substring(at + 1);
        if (!version.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException(
                    "model " + text + ": version \"" + version + "\" is not a positive whole number");
        }
        return new ModelRef(text.substring(0, at), Long.parseLong(version));
    }

    /// Names, without versions: whether a version exists is looked up in the repository.
    private static Set<String> loaded(ServingConfig serving) {
        Set<String> names = new HashSet<>();
        names.add(serving.models().defaultName());
        serving.models().load().orElse(List.of()).stream()
                .map(text -> text.strip().split("@", 2)[0])
                .forEach(names::add);
        return names;
    }

    private static void requireLoaded(CollectionSettings collection, String what, ModelRef model, Set<String> loaded) {
        if (!loaded.contains(model.name())) {
            throw new IllegalArgumentException(key(collection.name(), what) + " = " + model
                    + " is not loaded: add it to fovea.models.load; loaded are " + loaded);
        }
    }

    private static void requireKnown(String what, String name, List<String> names) {
        if (!names.contains(name)) {
            throw new IllegalArgumentException(
                    PREFIX + what + " = " + name + " is no collection; configured are " + names);
        }
    }

    private static String key(String collection, String what) {
        return PREFIX + "collections.\"" + collection + "\"." + what;
    }
}
