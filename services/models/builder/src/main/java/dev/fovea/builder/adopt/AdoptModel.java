package dev.fovea.builder.adopt;

import dev.fovea.architectures.Precision;
import dev.fovea.builder.release.FoveaVersion;
import dev.fovea.builder.release.LabelFile;
import dev.fovea.builder.release.ModelFile;
import dev.fovea.builder.release.ReleaseOptions;
import dev.fovea.builder.release.SampleRecorder;
import dev.fovea.builder.release.SampleRecording;
import dev.fovea.inference.session.SessionException;
import dev.fovea.onnx.ForeignModel;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.Provenance;
import dev.fovea.repository.TensorSpec;
import java.io.IOException;
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

/// `fovea models adopt FILE`: a foreign ONNX file becomes a version in a model repository.
@Command(
        name = "adopt",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Adopts an ONNX file of another maker: a copy with a manifest, an input of bytes and, if asked, "
                + "a head. The file itself is not changed.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fovea models adopt birds.onnx --repository models --task classification --labels birds.txt \\",
            "      --output logits --size 224 --mean half",
            "  fovea models adopt mobilenet.onnx --repository models --task retrieval --output features \\",
            "      --head gem --normalise --size 224 --mean imagenet --resize crop-centre:256",
            "  fovea models adopt tfeat.onnx --repository models --task patch-description --mean byte"
        })
public final class AdoptModel implements Callable<Integer> {

    private static final int MAX_NAME = 63;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "An ONNX file with its weights inside.")
    private Path file = Path.of("");

    @Option(
            names = "--task",
            required = true,
            paramLabel = "TASK",
            converter = Words.OfTask.class,
            description = "What the model is for: ${COMPLETION-CANDIDATES}.")
    private Task task = Task.CLASSIFICATION;

    @Mixin
    private ReleaseOptions release = new ReleaseOptions();

    @Mixin
    private InputOptions inputs = new InputOptions();

    @Mixin
    private OutputOptions outputs = new OutputOptions();

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "Class names, one per line, in the order of the scores; classification needs them.")
    private Optional<Path> labels = Optional.empty();

    @Option(
            names = "--licence",
            paramLabel = "SPDX",
            description = "Licence of the weights, for example MIT or CC-BY-NC-4.0. Default: unknown.")
    private String licence = "unknown";

    @Option(names = "--paper", paramLabel = "TEXT", description = "Citation of what the model follows.")
    private String paper = "";

    @Override
    public Integer call() throws IOException {
        String name = release.nameOr(nameOf(file));
        release.requireFree(name);
        if (task == Task.CLASSIFICATION && labels.isEmpty()) {
            throw new IllegalArgumentException("--labels is missing: classification needs the names of the classes");
        }
        inputs.requireSensible();
        List<String> classes = labels.isPresent() ? LabelFile.read(labels.get()) : List.of();
        byte[] bytes = ModelFile.read(file);
        Adoption adoption = adoption(bytes);
        requireLabels(classes, adoption);
        ModelManifest manifest = manifest(name, adoption, classes, ModelFile.sha256(bytes));
        Precision precision = adoption.half() ? Precision.FLOAT16 : Precision.FLOAT32;
        SampleRecording sample = SampleRecorder.record(manifest, adoption.withManifest(manifest), precision);
        ModelManifest measured = new Measured(sample.sample().expectedValues())
                .in(SampleRecorder.withSample(manifest, sample.sample()), task, outputs);
        release.write(spec.commandLine().getOut(), "adopted", measured, adoption.withManifest(measured));
        if (!adoption.note().isEmpty()) {
            release.text(spec.commandLine().getOut(), spec.commandLine().getErr())
                    .println(adoption.note());
        }
        return 0;
    }

    private Adoption adoption(byte[] bytes) throws IOException {
        try {
            return Adoption.of(ForeignModel.read(bytes), task, inputs, outputs);
        } catch (IllegalArgumentException | SessionException unfit) {
            throw new IOException(file + ": " + unfit.getMessage(), unfit);
        }
    }

    private void requireLabels(List<String> classes, Adoption adoption) throws IOException {
        int scores = adoption.output().itemElements();
        if (!classes.isEmpty() && classes.size() != scores) {
            throw new IOException(file + ": output " + adoption.output().name() + " has " + scores
                    + " scores, the labels are " + classes.size());
        }
    }

    private ModelManifest manifest(String name, Adoption adoption, List<String> classes, String sha256) {
        List<Integer> buckets = adoption.fixedBatch()
                .map(List::of)
                .orElse(release.buckets().isEmpty() ? task.buckets() : release.buckets());
        return new ModelManifest(
                name,
                release.version(),
                task.manifestName(),
                "adopted",
                parameters(adoption),
                List.of(adoption.input()),
                adoption.outputs(),
                adoption.preprocessing(),
                classes,
                outputs.normalise() ? "l2" : "none",
                buckets,
                new Provenance(
                        Provenance.Kind.TRAINED,
                        String.valueOf(file.getFileName()),
                        Optional.of(sha256),
                        licence,
                        FoveaVersion.BUILDER),
                paper,
                Optional.empty());
    }

    private Map<String, String> parameters(Adoption adoption) {
        Map<String, String> parameters = new TreeMap<>();
        if (!adoption.explanations().isEmpty()) {
            List<String> names =
                    adoption.explanations().stream().map(TensorSpec::name).toList();
            parameters.put(ModelManifest.EXPLAINS, String.join(",", names));
        }
        outputs.output().ifPresent(value -> parameters.put("output", value));
        outputs.head().ifPresent(pooling -> parameters.put("head", pooling.toString()));
        return parameters;
    }

    private static String nameOf(Path file) {
        String words = String.valueOf(file.getFileName())
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\.onnx$", "")
                .replaceAll("[^a-z0-9]+", "-");
        String name = words.substring(0, Math.min(MAX_NAME, words.length())).replaceAll("^-|-$", "");
        return name.isEmpty() ? "adopted" : name;
    }
}
