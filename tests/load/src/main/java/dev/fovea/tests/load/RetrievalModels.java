package dev.fovea.tests.load;

import dev.fovea.builder.FoveaProgram;
import dev.fovea.tests.support.Checkout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The embedders that are compared, and the local descriptors.
///
/// One thread uses it.
final class RetrievalModels {

    static final String GEM = "mobilenet-gem";
    static final String VLAD = "sift-vlad";

    private static final String ONNX = "data/weights/mobilenet_v1_1.0_224_embedding_extractor_float.onnx";
    private static final String LOCAL = "siftnet";

    @Option(
            names = "--onnx",
            description = "MobileNetV1 to adopt, with an output of maps and pixels (p - 128) / 128; default: the shared"
                    + " test data's")
    private Optional<Path> onnx = Optional.empty();

    @Option(names = "--maps", defaultValue = "features", description = "that output, default: ${DEFAULT-VALUE}")
    private String maps = "";

    @Option(
            names = "--size",
            defaultValue = "320x240",
            description = "width and height that MobileNetV1 sees, default: ${DEFAULT-VALUE}")
    private String size = "";

    @Option(
            names = "--words",
            defaultValue = "32",
            description = "visual words of sift-vlad; an embedding has 128 times as many numbers, and an index takes"
                    + " 4,096; default: ${DEFAULT-VALUE}")
    private int words;

    private final List<String> built = new ArrayList<>();

    /// Builds or fits what a task needs.
    ///
    /// @return the collections' models, by collection
    Map<String, String> buildFor(RetrievalTask task, Path repository) throws IOException {
        buildShared(repository);
        String vlad = VLAD + "-" + task.name();
        fovea(
                repository,
                vlad,
                List.of("fit", "codebook", VLAD, "--images=" + task.words(), "--option=clusters=" + words));
        Map<String, String> models = new HashMap<>();
        models.put(collection(task, VLAD), vlad);
        models.put(collection(task, GEM), GEM);
        return models;
    }

    static String collection(RetrievalTask task, String embedder) {
        return task.name() + "-" + embedder;
    }

    /// Settings of a service with such collections, each with local descriptors.
    Map<String, String> settings(Map<String, String> modelOfCollection) {
        Map<String, String> settings = new HashMap<>();
        settings.put("fovea.models.default", GEM);
        settings.put("fovea.models.load", String.join(",", built));
        settings.put(
                "fovea.retrieval.default-collection",
                modelOfCollection.keySet().stream().sorted().findFirst().orElseThrow());
        modelOfCollection.forEach((collection, model) -> {
            String prefix = "fovea.retrieval.collections." + collection + ".";
            settings.put(prefix + "model", model);
            settings.put(prefix + "local-model", LOCAL);
        });
        return settings;
    }

    void describe(Report report) {
        report.setting("MobileNetV1 sees", size)
                .setting("visual words of " + VLAD, words)
                .setting("local descriptors", LOCAL);
    }

    private void buildShared(Path repository) throws IOException {
        if (!built.isEmpty()) {
            return;
        }
        fovea(repository, LOCAL, List.of("models", "build", LOCAL, "--rootsift=true"));
        Path file = onnx.or(() -> Checkout.shared(ONNX))
                .orElseThrow(() -> new IllegalArgumentException(
                        "--onnx is needed where the shared test data \"" + ONNX + "\" is absent"));
        fovea(
                repository,
                GEM,
                List.of(
                        "models",
                        "adopt",
                        file.toString(),
                        "--task=retrieval",
                        "--output=" + maps,
                        "--head=gem",
                        "--normalise",
                        "--size=" + size,
                        "--preprocessing=half"));
    }

    private void fovea(Path repository, String name, List<String> command) throws IOException {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of("--repository=" + repository, "--name=" + name));
        int status = new FoveaProgram().run(line.toArray(String[]::new));
        if (status != 0) {
            throw new IOException("fovea ended with status " + status + ": " + line);
        }
        built.add(name);
    }
}
