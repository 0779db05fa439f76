package dev.fovea.builder.fit;

import dev.fovea.architectures.BuiltModel;
import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.OptionValues;
import dev.fovea.architectures.Precision;
import dev.fovea.architectures.embedding.Embedder;
import dev.fovea.architectures.embedding.Pooling;
import dev.fovea.architectures.registry.Architectures;
import dev.fovea.architectures.weights.WeightSource;
import dev.fovea.architectures.weights.WeightTensor;
import dev.fovea.architectures.weights.file.SafetensorsWriter;
import dev.fovea.architectures.weights.file.WeightFile;
import dev.fovea.builder.images.ImageFolder;
import dev.fovea.builder.images.ImageModel;
import dev.fovea.builder.numbers.KMeans;
import dev.fovea.builder.numbers.KMeans.Clustering;
import dev.fovea.builder.numbers.Matrix;
import dev.fovea.builder.release.ReleaseOptions;
import dev.fovea.builder.release.SampleRecorder;
import dev.fovea.builder.terminal.Progress;
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
            description = "How often k-means starts anew; the best run is kept. Default: ${DEFAULT-VALUE}.")
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
    private TrunkWeights weights = new TrunkWeights();

    @Option(
            names = "--save-weights",
            paramLabel = "FILE",
            description = "Write the fitted tensors as safetensors, to be merged with other trunks' weights.")
    private Optional<Path> saved = Optional.empty();

    @Mixin
    private ReleaseOptions release = new ReleaseOptions();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads it; its standard --version would clash with the model's
    private boolean help;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (samples < 1000 || samples > 5_000_000) {
            throw new IllegalArgumentException("--samples " + samples + " is outside 1000 to 5000000");
        }
        Embedder embedder = embedder();
        String name = release.nameOr(architecture);
        release.requireFree(name);
        ModelRequest request = Requests.of(name, release, options, List.of());
        var values = new OptionValues(new ImageArchitecture(embedder).options(), options);
        WeightSource trunk = weights.open();
        List<Path> files = ImageFolder.files(images);
        Matrix features = features(embedder, request.withWeights(trunk), files);
        Codebook codebook = fit(features, values.wholeNumber("clusters"));
        Map<String, WeightTensor> tensors = codebook.tensors(values.flag("assignment_bias"));
        String how = "k-means of " + features.rows() + " local features of images in "
                + images.toAbsolutePath().getFileName() + ", seed " + seed;
        build(embedder, request, trunk, tensors, how);
        return 0;
    }

    private Embedder embedder() {
        List<Embedder> all = Architectures.all().stream()
                .flatMap(known ->
                        known instanceof ImageArchitecture image && image.network() instanceof Embedder embedder
                                ? java.util.stream.Stream.of(embedder)
                                : java.util.stream.Stream.empty())
                .filter(embedder -> embedder.pooling() == Pooling.NETVLAD)
                .toList();
        return all.stream()
                .filter(embedder -> embedder.name().equals(architecture))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("architecture \"" + architecture
                        + "\" has no codebook; those that have are "
                        + all.stream().map(Embedder::name).toList()));
    }

    private Matrix features(Embedder embedder, ModelRequest request, List<Path> files)
            throws IOException, InterruptedException {
        BuiltModel model = new ImageArchitecture(new TrunkFeatures(embedder)).build(request);
        try (ImageModel opened = ImageModel.open(model.manifest(), model.toBytes())) {
            return LocalFeatures.sample(
                    opened, files, samples, true, spec.commandLine().getErr());
        }
    }

    private Codebook fit(Matrix features, int clusters) {
        Clustering clustering;
        try (var progress = Progress.start(spec.commandLine().getErr(), "steps of k-means", 0)) {
            clustering = new KMeans(clusters, restarts, MAX_STEPS, seed).fit(features, progress::advance);
        }
        Codebook codebook = Codebook.of(clustering.centroids(), features);
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%d visual words of %d numbers from %d local features, mean squared distance %.4f, alpha %.2f%n",
                        clusters,
                        features.columns(),
                        features.rows(),
                        clustering.inertia() / features.rows(),
                        codebook.alpha());
        return codebook;
    }

    private void build(
            Embedder embedder, ModelRequest request, WeightSource trunk, Map<String, WeightTensor> tensors, String how)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        WeightSource all = new CompletedWeights(trunk, tensors, TrunkWeights.fitted(trunk, how));
        BuiltModel model = SampleRecorder.record(
                new ImageArchitecture(embedder).build(request.withWeights(all)), Precision.FLOAT32);
        if (saved.isPresent()) {
            Map<String, String> metadata = Map.of(WeightFile.KIND_KEY, Provenance.Kind.FITTED.name(), "source", how);
            SafetensorsWriter.write(saved.get(), tensors, metadata);
        }
        release.write(out, "fitted", model.manifest(), model.toBytes());
    }
}
