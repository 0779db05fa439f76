package dev.fovea.builder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.architectures.Architecture;
import dev.fovea.architectures.registry.Architectures;
import dev.fovea.onnx.OnnxFile;
import dev.fovea.repository.ManifestJson;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.Provenance;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BuildOptionsTest {

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    static Stream<String> names() {
        return Architectures.all().stream().map(Architecture::name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyArchitectureExplainsItself(String architecture) {
        assertThat(run("models", "build", architecture, "--help")).isZero();

        assertThat(out.toString()).contains("Usage: fovea models build " + architecture, "--weights", "Examples:");
        Architectures.named(architecture).options().forEach(option -> assertThat(out.toString())
                .contains("--" + option.name().replace('_', '-')));
    }

    @Test
    void pseudoRandomWeightsComeWithAWarningAndASample() throws IOException {
        assertThat(buildSmall("--seeded", "test")).as(err.toString()).isZero();

        assertThat(err.toString().lines())
                .containsExactly("warning: the weights are pseudo-random (prefix \"test\"); the model's answers mean"
                        + " nothing");
        ModelManifest manifest = manifest();
        assertThat(manifest.provenance().kind()).isEqualTo(Provenance.Kind.SEEDED);
        assertThat(manifest.sample().orElseThrow().relativeTolerance()).isEqualTo(5e-3);
    }

    @Test
    void labelsSetTheNumberOfClasses() throws IOException {
        Path labels = Files.write(folder.resolve("labels.txt"), List.of("owl", "parrot (green)", "tern "));

        assertThat(buildSmall("--seeded", "test", "--labels", labels.toString()))
                .as(err.toString())
                .isZero();

        ModelManifest manifest = manifest();
        assertThat(manifest.labels()).containsExactly("owl", "parrot (green)", "tern");
        assertThat(manifest.parameters()).containsEntry("classes", "3");
        assertThat(manifest.outputs().getFirst().itemShape()).containsExactly(3);
    }

    @Test
    void labelsThatDoNotFitOrAreNoneAreRefused() throws IOException {
        Path labels = Files.write(folder.resolve("labels.txt"), List.of("owl", "parrot", "tern"));
        Path gap = Files.write(folder.resolve("gap.txt"), List.of("owl", "", "tern"));

        assertThat(buildSmall("--seeded", "test", "--labels", labels.toString(), "--classes", "5"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("3 labels do not name 5 classes");
        assertThat(buildSmall("--seeded", "test", "--labels", gap.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("labels " + gap + ": line 2 is empty");
        assertThat(buildSmall("--seeded", "test", "--labels", "none.txt")).isEqualTo(1);
        assertThat(err.toString()).contains("labels none.txt: there is no such file");
    }

    @Test
    void halfPrecisionHalvesTheFile() throws IOException {
        assertThat(buildSmall("--seeded", "test")).isZero();
        long whole = Files.size(file());
        assertThat(buildSmall("--seeded", "test", "--precision", "float16", "--force"))
                .isZero();

        assertThat(Files.size(file())).isBetween(whole * 45 / 100, whole * 60 / 100);
        assertThat(manifest().sample().orElseThrow().relativeTolerance()).isEqualTo(5e-2);
    }

    @Test
    void batchNormalisationStaysWhereItIsAskedFor() throws IOException {
        assertThat(buildSmall("--seeded", "test")).isZero();
        int folded = operators();
        assertThat(buildSmall("--seeded", "test", "--batch-norm", "separate", "--force"))
                .isZero();

        assertThat(operators()).isGreaterThan(folded);
    }

    @Test
    void aNetworkWithoutWeightsSaysHowToGiveThem() {
        assertThat(buildSmall()).isEqualTo(2);

        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("bcnn-resnet18 needs trained weights: --weights FILE", "--seeded PREFIX");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void weightsForANetworkWithoutAnyAreRefused() {
        assertThat(run("models", "build", "siftnet", "--repository", folder.toString(), "--seeded", "x"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("siftnet computes every constant, so it takes neither");
    }

    @Test
    void optionsOfWeightsNeedWeights() {
        assertThat(buildSmall("--licence", "MIT")).isEqualTo(2);
        assertThat(buildSmall("--seeded", "x", "--weights", "y")).isEqualTo(2);

        assertThat(err.toString().lines())
                .satisfiesExactly(first -> assertThat(first).contains("need --weights"), second -> assertThat(second)
                        .contains("cannot be given together"));
    }

    private int buildSmall(String... more) {
        List<String> words = new ArrayList<>(
                List.of("models", "build", "bcnn-resnet18", "--repository", folder.toString(), "--image-size", "32"));
        boolean classes = Stream.of(more).anyMatch(word -> word.equals("--classes") || word.equals("--labels"));
        words.addAll(classes ? List.of() : List.of("--classes", "4"));
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }

    private int run(String... arguments) {
        return new FoveaProgram(new PrintWriter(out), new PrintWriter(err)).run(arguments);
    }

    private int operators() throws IOException {
        return OnnxFile.read(Files.readAllBytes(file())).operators();
    }

    private ModelManifest manifest() throws IOException {
        return ManifestJson.read(
                OnnxFile.read(Files.readAllBytes(file())).metadata().getOrDefault(ModelManifest.METADATA_KEY, ""));
    }

    private Path file() {
        return folder.resolve("bcnn-resnet18").resolve("1").resolve("model.onnx");
    }
}
