package dev.fovea.builder.evaluate.patches;

import dev.fovea.builder.evaluate.OutputFile;
import dev.fovea.builder.terminal.Progress;
import dev.fovea.imaging.decode.DecodeLimits;
import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.inference.session.SessionException;
import dev.fovea.onnxruntime.ExecutionProvider;
import dev.fovea.onnxruntime.OnnxRuntimeLoader;
import dev.fovea.repository.ModelRepository;
import dev.fovea.repository.ModelVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `fovea evaluate patches FOLDER...`: how well models describe patches, beside OpenCV's SIFT and RootSIFT.
@Command(
        name = "patches",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Measures patch descriptors on image sequences of one plane: verification, matching and retrieval as "
                    + "HPatches defines them, and homographies estimated from matches.",
            "A sequence is a folder with img1.png, img2.png, ... and H1to2p, ...: nine numbers that map pixels of "
                    + "image 1 to pixels of the other."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fovea evaluate patches sequences --repository models --model siftnet",
            "  fovea evaluate patches sequences/graf sequences/bikes --repository models --model siftnet \\",
            "      --model tfeat@1 --noise easy,hard --json scores.json --plot scores.png"
        })
public final class EvaluatePatches implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FOLDER", arity = "1..*", description = "Sequences, or folders that hold sequences.")
    private List<Path> folders = List.of();

    @Option(names = "--repository", paramLabel = "DIR", description = "Model repository.")
    private Optional<Path> repository = Optional.empty();

    @Option(
            names = "--model",
            paramLabel = "NAME[@VERSION]",
            description = "A model of the repository, its newest version unless one is named. Repeatable.")
    private List<String> models = new ArrayList<>();

    @Option(names = "--no-baselines", description = "Leave out OpenCV's SIFT and RootSIFT.")
    private boolean noBaselines;

    @Option(
            names = "--noise",
            paramLabel = "LEVEL",
            split = ",",
            defaultValue = "easy,hard,tough",
            description = "How far patches lie off: easy, hard, tough. Default: ${DEFAULT-VALUE}.")
    private List<NoiseLevel> levels = List.of();

    @Option(
            names = "--patches",
            paramLabel = "N",
            defaultValue = "300",
            description = "Patches of a sequence, at most; 10 to 5000. Default: ${DEFAULT-VALUE}.")
    private int patches = 300;

    @Option(
            names = "--keypoints",
            paramLabel = "N",
            defaultValue = "500",
            description = "Keypoints of an image for homographies, at most; 10 to 10000. Default: ${DEFAULT-VALUE}.")
    private int keypoints = 500;

    @Option(
            names = "--pairs",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Pairs of each kind for verification; 100 to 1000000. Default: ${DEFAULT-VALUE}.")
    private int pairs = 20_000;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of noise and pairs; the same seed gives the same figures. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write all figures to a file.")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--plot", paramLabel = "FILE.png", description = "Also draw the figures.")
    private Optional<Path> plot = Optional.empty();

    @Override
    public Integer call() throws IOException, InterruptedException, SessionException {
        var settings = new EvaluationSettings(
                patches, keypoints, pairs, levels.stream().sorted().toList(), seed);
        if (models.isEmpty() && noBaselines) {
            throw new IllegalArgumentException("there is nothing to measure: no --model, and --no-baselines");
        }
        OutputFile.requireWritable("--json", json);
        OutputFile.requireWritable("--plot", plot);
        List<ModelVersion> versions = versions();
        List<ImageSequence> sequences = sequences();
        try (var decoder = new ImageDecoder(DecodeLimits.defaults())) {
            EvaluationReport report = measure(new Evaluation(sequences, settings, decoder), sequences, versions);
            ReportText.print(report, spec.commandLine().getOut());
            write(report);
        }
        return 0;
    }

    private EvaluationReport measure(Evaluation evaluation, List<ImageSequence> sequences, List<ModelVersion> versions)
            throws IOException, InterruptedException, SessionException {
        PrintWriter err = spec.commandLine().getErr();
        try (Progress progress = Progress.start(err, "sequences searched for patches", sequences.size())) {
            evaluation.findPatches(progress::advance);
        }
        int images = sequences.stream()
                .mapToInt(sequence -> sequence.images().size())
                .sum();
        int descriptors = versions.size() + (noBaselines ? 0 : 2);
        List<DescriptorScores> scores = new ArrayList<>();
        try (Progress progress = Progress.start(err, "images described", (long) images * descriptors)) {
            for (ModelVersion version : versions) {
                try (PatchDescriptor model = ModelDescriptor.load(version, loader())) {
                    scores.add(evaluation.score(model, progress::advance));
                }
            }
            if (!noBaselines) {
                scores.add(evaluation.score(new SiftDescriptor(false), progress::advance));
                scores.add(evaluation.score(new SiftDescriptor(true), progress::advance));
            }
        }
        return evaluation.report(scores);
    }

    private List<ImageSequence> sequences() throws IOException {
        Map<String, ImageSequence> byName = new LinkedHashMap<>();
        for (Path folder : folders) {
            for (ImageSequence sequence : ImageSequence.in(folder)) {
                if (byName.put(sequence.name(), sequence) != null) {
                    throw new IllegalArgumentException("two sequences are named " + sequence.name());
                }
            }
        }
        return List.copyOf(byName.values());
    }

    private static OnnxRuntimeLoader loader() {
        return new OnnxRuntimeLoader(
                List.of(ExecutionProvider.Cpu.withThreads(Runtime.getRuntime().availableProcessors())));
    }

    private List<ModelVersion> versions() {
        if (models.isEmpty()) {
            return List.of();
        }
        var found = new ModelRepository(repository.orElseThrow(
                () -> new IllegalArgumentException("--model " + models + " needs --repository")));
        return models.stream().map(model -> version(model, found)).toList();
    }

    private static ModelVersion version(String model, ModelRepository repository) {
        int at = model.indexOf('@');
        if (at < 0) {
            return repository.newest(model);
        }
        try {
            int version = Integer.parseInt(model.substring(at + 1));
            return repository.resolve(model.substring(0, at), OptionalInt.of(version));
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException("the version in --model " + model + " is not a whole number", noNumber);
        }
    }

    private void write(EvaluationReport report) throws IOException {
        if (json.isPresent()) {
            Files.writeString(json.get(), ReportJson.of(report).toPrettyString() + System.lineSeparator());
        }
        if (plot.isPresent()
                && !ImageIO.write(ReportPlot.draw(report), "png", plot.get().toFile())) {
            throw new IOException("cannot write " + plot.get() + ": this Java writes no PNG");
        }
    }
}
