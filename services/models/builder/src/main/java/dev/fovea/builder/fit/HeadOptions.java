package dev.fovea.builder.fit;

import dev.fovea.architectures.BuiltModel;
import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.densesift.SiftNetwork;
import dev.fovea.architectures.layers.VectorPooling;
import dev.fovea.architectures.weights.NoWeights;
import dev.fovea.architectures.weights.WeightSource;
import dev.fovea.builder.images.ImageModel;
import dev.fovea.builder.images.ModelName;
import dev.fovea.builder.numbers.Matrix;
import dev.fovea.builder.numbers.PrincipalComponents;
import dev.fovea.builder.release.ReleaseOptions;
import dev.fovea.builder.weights.WeightFiles;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.ModelRepositoryException;
import dev.fovea.repository.ModelVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// On what a head is fitted; a picocli mixin.
final class HeadOptions {

    /// Bilinear pooling of more channels has more numbers than a classifier of a few images can use: 128 x 128.
    private static final int BILINEAR_CHANNELS = 128;

    /// Local features a projection is fitted to.
    private static final int SAMPLED = 100_000;

    @Parameters(
            paramLabel = "MODEL|ARCHITECTURE",
            description = "A classifier's architecture, or the name of a model in the repository (NAME@VERSION for one "
                    + "that is called like an architecture).")
    private String subject = "";

    @Option(
            names = "--output",
            paramLabel = "NAME",
            description =
                    "Of a model: the value to classify by. It may be an inner one, by its name in the file; a wrong "
                            + "name is answered with the last ones there are. Default: the model's answer.")
    private Optional<String> output = Optional.empty();

    @Option(
            names = "--pooling",
            paramLabel = "POOLING",
            description =
                    "Pools maps (N, C, H, W) to one vector: ${COMPLETION-CANDIDATES}. Needed where --output names "
                            + "maps.")
    private Optional<VectorPooling> pooling = Optional.empty();

    @Option(
            names = "--reduce",
            paramLabel = "K",
            description = "Before pooling, keep so many principal components of the channels; 0 keeps all. Default: "
                    + BILINEAR_CHANNELS + " for bilinear pooling, else all.")
    private Optional<Integer> reduce = Optional.empty();

    @Option(
            names = "--option",
            paramLabel = "NAME=VALUE",
            description = "Option of the architecture, as in 'fovea models build': image_size=224. May be given again.")
    private Map<String, String> options = new TreeMap<>();

    @Option(
            names = "--no-explanations",
            description =
                    "Leave out the outputs by which the classifier explains itself, which take about 1 %% of every "
                            + "call's time. An architecture with a head of "
                            + "its own also has the option explanations.")
    private boolean unexplained;

    @Mixin
    private WeightFiles weights = new WeightFiles();

    /// What the fitted model is called unless a name is asked for.
    String defaultName() {
        return classifier().or(this::embedder).isPresent()
                ? subject
                : ModelName.parse(subject).name() + "-head";
    }

    private Optional<ImageArchitecture> classifier() {
        return Requests.architecture(subject, ImageArchitecture.CLASSIFICATION);
    }

    private Optional<ImageArchitecture> embedder() {
        return Requests.architecture(subject, ImageArchitecture.RETRIEVAL);
    }

    /// @param images to fit a projection to, if one is needed
    /// @throws IllegalArgumentException if the options do not fit each other or the model
    HeadTarget target(List<Path> images, List<String> labels, ReleaseOptions release, PrintWriter err)
            throws IOException, InterruptedException {
        String name = release.nameOr(defaultName());
        Optional<WeightSource> trunk = weights.open(err::println);
        if (classifier().isPresent()) {
            requireNoMaps("an architecture with a head of its own");
            Map<String, String> all = new TreeMap<>(options);
            all.put(ImageArchitecture.CLASSES, String.valueOf(labels.size()));
            if (unexplained && hasExplanations(classifier())) {
                all.put(SiftNetwork.EXPLANATIONS, "false");
            }
            var request = Requests.of(name, release, all, labels);
            return ArchitectureTarget.of(classifier().get(), request, trunk.orElseGet(NoWeights::new));
        }
        if (embedder().isPresent()) {
            var request = embedder(name, release).withWeights(trunk.orElseGet(NoWeights::new));
            BuiltModel model = embedder().get().build(request);
            return graft(model.toBytes(), model.manifest(), name, images, err);
        }
        if (!options.isEmpty() || trunk.isPresent()) {
            throw new IllegalArgumentException("--option and --weights are for architectures; there is "
                    + Requests.names(ImageArchitecture.CLASSIFICATION)
                    + Requests.names(ImageArchitecture.RETRIEVAL));
        }
        ModelVersion version = version(release);
        try (ImageModel model = ImageModel.open(version)) {
            return graft(Files.readAllBytes(version.file()), model.manifest(), name, images, err);
        }
    }

    private void requireNoMaps(String what) {
        if (output.isPresent() || pooling.isPresent() || reduce.isPresent()) {
            throw new IllegalArgumentException(
                    "--output, --pooling and --reduce do not go with " + subject + ", " + what);
        }
    }

    /// The architecture's request, with what is pooled as an output where the classifier is to explain itself.
    private ModelRequest embedder(String name, ReleaseOptions release) {
        Map<String, String> all = new TreeMap<>(options);
        if (!unexplained && hasExplanations(embedder()) && SiftNetwork.hasOnePatchSize(options)) {
            all.putIfAbsent(SiftNetwork.EXPLANATIONS, "true");
        }
        return Requests.of(name, release, all, List.of());
    }

    private static boolean hasExplanations(Optional<ImageArchitecture> architecture) {
        return architecture.stream().flatMap(known -> known.options().stream()).anyMatch(option -> option.name()
                .equals(SiftNetwork.EXPLANATIONS));
    }

    private ModelTarget graft(byte[] onnx, ModelManifest manifest, String name, List<Path> images, PrintWriter err)
            throws IOException, InterruptedException {
        ModelTarget target = grafted(onnx, manifest, name, images, err);
        if (!unexplained && !target.sees().canExplain()) {
            err.println("no explanations are possible: what is classified is neither the mean of maps nor their"
                    + " bilinear pooling");
        }
        return target;
    }

    private ModelTarget grafted(byte[] onnx, ModelManifest manifest, String name, List<Path> images, PrintWriter err)
            throws IOException, InterruptedException {
        String answer = manifest.outputs().getFirst().name();
        FeatureTap tap = FeatureTap.at(onnx, manifest, output.orElse(answer));
        if (tap.isMaps()) {
            return pooled(tap, images, name, err);
        }
        if (pooling.isPresent() || reduce.isPresent()) {
            throw new IllegalArgumentException("--pooling and --reduce are for maps; value "
                    + tap.value().name() + " is a vector of " + tap.channels());
        }
        return PooledValue.of(onnx, tap)
                .map(pooled -> new ModelTarget(pooled.maps(), pooled.features(!unexplained), pooled.notes(), name))
                .orElseGet(() -> new ModelTarget(
                        tap,
                        HeadFeatures.AS_THEY_ARE,
                        Map.of("features", tap.value().name()),
                        name));
    }

    private ModelTarget pooled(FeatureTap tap, List<Path> images, String name, PrintWriter err)
            throws IOException, InterruptedException {
        VectorPooling chosen = pooling.orElseThrow(() -> new IllegalArgumentException(
                "value " + tap.value().name() + " is maps (N, " + tap.value().itemShape() + "); --pooling is missing"));
        Map<String, String> notes = new TreeMap<>(Map.of("features", tap.value().name(), "pooling", chosen.toString()));
        int kept = reduce.orElse(chosen == VectorPooling.BILINEAR ? BILINEAR_CHANNELS : 0);
        Optional<PrincipalComponents> projection = Optional.empty();
        if (kept > 0 && kept < tap.channels()) {
            notes.put("reduced", String.valueOf(kept));
            projection = Optional.of(components(tap, images, kept, err));
        }
        return new ModelTarget(tap, new HeadFeatures(projection, Optional.of(chosen), 0, !unexplained), notes, name);
    }

    private ModelVersion version(ReleaseOptions release) {
        try {
            return ModelName.parse(subject).in(release.repository());
        } catch (ModelRepositoryException absent) {
            throw new IllegalArgumentException(
                    absent.getMessage() + "; architectures are " + Requests.names(ImageArchitecture.CLASSIFICATION)
                            + Requests.names(ImageArchitecture.RETRIEVAL),
                    absent);
        }
    }

    private static PrincipalComponents components(FeatureTap tap, List<Path> images, int kept, PrintWriter err)
            throws IOException, InterruptedException {
        try (ImageModel model = tap.open(FittedLayers::positions)) {
            Matrix features = LocalFeatures.sample(model, images, SAMPLED, false, err);
            return PrincipalComponents.of(features, kept);
        }
    }
}
