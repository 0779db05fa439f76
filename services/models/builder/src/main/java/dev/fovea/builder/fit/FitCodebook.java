package dev.fovea.builder.fit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.architectures.BuiltModel;
import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.OptionValues;
import dev.fovea.architectures.Precision;
import dev.fovea.architectures.weights.NoWeights;
import dev.fovea.architectures.weights.WeightSource;
import dev.fovea.architectures.weights.WeightTensor;
import dev.fovea.architectures.weights.file.SafetensorsWriter;
import dev.fovea.architectures.weights.file.WeightFile;
import dev.fovea.builder.evaluate.OutputFile;
import dev.fovea.builder.images.ImageFolder;
import dev.fovea.builder.images.ImageModel;
import dev.fovea.builder.numbers.KMeans;
import dev.fovea.builder.numbers.KMeans.Clustering;
import dev.fovea.builder.numbers.Matrix;
import dev.fovea.builder.release.ReleaseOptions;
import dev.fovea.builder.release.SampleRecorder;
import dev.fovea.builder.terminal.Progress;
import dev.fovea.builder.weights.WeightFiles;
import dev.fovea.repository.Provenance;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `fovea fit codebook ARCHITECTURE`: the visual words of a NetVLAD embedder, by k-means on the user's images.
@Command(
        name = "codebook",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Fits the visual words of a NetVLAD embedder to your images, by k-means, and builds the model.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fovea fit codebook sift-vlad --images photos --repository models",
            "  fovea fit codebook netvlad --weights vgg16.pth --option naming=torchvision --images photos \\",
            "      --repository models --save-weights words.safetensors"
        })
public final class FitCodebook implements Callable<Integer> {

    private static final int MAX_STEPS = 100;
    private static final int MAX_RESTARTS = 100;
    private static final String CODEBOOK = "pool.";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ARCHITECTURE", description = "One that pools with NetVLAD: sift-vlad or netvlad.")
    private String architecture = "";

    @Option(
            names = "--images",
            required = true,
            paramLabel = "DIR",
            description = "Folder of images, sub-folders included.")
    private Path images = Path.of("");

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Local features to cluster, 1000 to 5000000, as many of every image. "
                    + "Default: ${DEFAULT-VALUE}.")
    private int samples = 100_000;

    @Option(
            names = "--restarts",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often k-means starts anew, 1 to " + MAX_RESTARTS
                    + "; the best run is kept. Default: ${DEFAULT-VALUE}.")
    private int restarts = 3;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of k-means' starts. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--option",
            paramLabel = "NAME=VALUE",
            description = "Option of the architecture, as in 'fovea models build': clusters=32. May be given again.")
    private Map<String, String> options = new TreeMap<>();

    @Mixin
    private WeightFiles weights = new WeightFiles();

    @Option(
            names = "--save-weights",
            paramLabel = "FILE",
            description = "Write the fitted tensors as safetensors, to be merged with other trunks' weights.")
    private Optional<Path> saved = Optional.empty();

    @Mixin
    private ReleaseOptions release = new ReleaseOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Limit.require("--samples", samples, 1000, 5_000_000);
        Limit.require("--restarts", restarts, 1, MAX_RESTARTS);
        OutputFile.requireWritable("--save-weights", saved);
        ImageArchitecture network = network();
        String name = release.nameOr(architecture);
        release.requireFree(name);
        ModelRequest request = Requests.of(name, release, options, List.of());
        var values = new OptionValues(network.options(), options);
        WeightSource trunk = weights.open(spec.commandLine().getErr()::println).orElseGet(NoWeights::new);
        List<Path> files = ImageFolder.files(images);
        Map<String, WeightTensor> tensors = new TreeMap<>();
        if (LocalProjection.isWanted(network, values, trunk)) {
            ModelRequest whole = request.withOptions(LocalProjection.without(options));
            Matrix features = features(network, whole.withWeights(trunk), files);
            tensors.putAll(LocalProjection.fit(features, values));
        }
        var below = new CompletedWeights(trunk, tensors, trunk.origin());
        Matrix features = features(network, request.withWeights(below), files);
        ObjectNode figures = JsonNodeFactory.instance.objectNode();
        tensors.putAll(fit(features, values.wholeNumber("clusters"), figures).tensors(hasBias(network, values)));
        String how = "k-means of " + features.rows() + " local features of images in "
                + images.toAbsolutePath().getFileName() + ", seed " + seed;
        build(network, request, trunk, tensors, new FitAccount(how, figures));
        return 0;
    }

    /// Architectures without that option always have one.
    private static boolean hasBias(ImageArchitecture network, OptionValues values) {
        String option = "assignment_bias";
        return network.options().stream().noneMatch(known -> known.name().equals(option)) || values.flag(option);
    }

    private ImageArchitecture network() {
        return Requests.architecture(architecture, ImageArchitecture.RETRIEVAL)
                .filter(known -> known.options().stream()
                        .anyMatch(option -> option.name().equals("clusters")))
                .orElseThrow(() -> new IllegalArgumentException("architecture \"" + architecture
                        + "\" has no codebook; those that have are " + withCodebook()));
    }

    private static List<String> withCodebook() {
        return Requests.names(ImageArchitecture.RETRIEVAL).stream()
                .filter(name -> Requests.architecture(name, ImageArchitecture.RETRIEVAL).stream()
                        .flatMap(known -> known.options().stream())
                        .anyMatch(option -> option.name().equals("clusters")))
                .toList();
    }

    /// What the codebook's words are compared with: the operand of the layer `pool.conv`.
    private Matrix features(ImageArchitecture network, ModelRequest request, List<Path> files)
            throws IOException, InterruptedException {
        var hollow = new HeadlessWeights(request.weights());
        BuiltModel model = network.build(request.withWeights(hollow));
        hollow.requireLacking(architecture, CODEBOOK);
        FeatureTap tap = FeatureTap.atLayer(model, CODEBOOK + "conv");
        try (ImageModel opened = tap.open(FittedLayers::positions)) {
            return LocalFeatures.sample(
                    opened, files, samples, true, spec.commandLine().getErr());
        }
    }

    private Codebook fit(Matrix features, int clusters, ObjectNode figures) {
        Clustering clustering;
        try (var progress = Progress.start(spec.commandLine().getErr(), "steps of k-means", 0)) {
            clustering = new KMeans(clusters, restarts, MAX_STEPS, seed).fit(features, progress::advance);
        }
        Codebook codebook = Codebook.of(clustering.centroids(), features);
        double distance = clustering.inertia() / features.rows();
        figures.put("words", clusters)
                .put("dimensions", features.columns())
                .put("samples", features.rows())
                .put("inertia", clustering.inertia())
                .put("meanSquaredDistance", distance)
                .put("alpha", codebook.alpha());
        CommandLine line = spec.commandLine();
        release.text(line.getOut(), line.getErr())
                .printf(
                        Locale.ROOT,
                        "%d visual words of %d numbers from %d local features, mean squared distance %.4f, alpha %.2f%n",
                        clusters,
                        features.columns(),
                        features.rows(),
                        distance,
                        codebook.alpha());
        return codebook;
    }

    private void build(
            ImageArchitecture network,
            ModelRequest request,
            WeightSource trunk,
            Map<String, WeightTensor> tensors,
            FitAccount account)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        WeightSource all = new CompletedWeights(trunk, tensors, FittedOrigin.of(trunk, account.how()));
        BuiltModel model = SampleRecorder.record(network.build(request.withWeights(all)), Precision.FLOAT32);
        if (saved.isPresent()) {
            Map<String, String> metadata =
                    Map.of(WeightFile.KIND_KEY, Provenance.Kind.FITTED.name(), "source", account.how());
            SafetensorsWriter.write(saved.get(), tensors, metadata);
        }
        release.write(out, "fitted", model.manifest(), model.toBytes(), account.figures());
    }
}
