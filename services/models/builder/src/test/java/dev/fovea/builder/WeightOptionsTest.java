package dev.fovea.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.OnnxFile;
import dev.fovea.onnx.OnnxWriter;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.shape.Shape;
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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightOptionsTest {

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void tensorsThatDoNotFitAreAllListedInOneLine() throws IOException {
        Path file = file("other.onnx", "stem", "classifier");

        assertThat(build("--weights", file.toString())).isEqualTo(1);

        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("does not fit the network", "missing", "2 unused: ", "stem_1", "classifier_1");
        assertThat(folder.resolve("repository")).doesNotExist();
    }

    @Test
    void ignoredTensorsAreNotUnused() throws IOException {
        Path file = file("other.onnx", "stem", "classifier");

        assertThat(build("--weights", file.toString(), "--ignore", "class*")).isEqualTo(1);
        assertThat(err.toString()).contains("1 unused: ", "stem_1").doesNotContain("classifier_1");
    }

    @Test
    void aPatternOrNameThatFitsNothingIsRefused() throws IOException {
        Path file = file("other.onnx", "stem");

        assertThat(build("--weights", file.toString(), "--ignore", "fc.*")).isEqualTo(1);
        assertThat(build("--weights", file.toString(), "--rename", "trunk.=backbone."))
                .isEqualTo(1);
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        first -> assertThat(first).contains("--ignore fc.* fits none of the 1 tensors of"),
                        second -> assertThat(second).contains("no tensor to rename is called trunk."));
    }

    @Test
    void filesAreReadAsOneUnlessBothHoldATensor() throws IOException {
        Path left = file("left.onnx", "stem");
        Path right = file("right.onnx", "stem");

        assertThat(build("--weights", left.toString(), "--weights", right.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("1 tensors are in more than one of", "left.onnx", "right.onnx");
    }

    @Test
    void aFileThatIsNoneIsNamed() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "no weights at all");

        assertThat(build("--weights", text.toString())).isEqualTo(1);
        assertThat(build("--weights", folder.resolve("absent.pth").toString())).isEqualTo(1);
        assertThat(err.toString().lines())
                .satisfiesExactly(first -> assertThat(first).contains("notes.txt"), second -> assertThat(second)
                        .contains("absent.pth: there is no such file"));
    }

    @Test
    void aPublishedCheckpointBecomesATrainedModel() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(root.resolve(".mvn"))) {
            root = root.resolve("..").normalize();
        }
        String configured = System.getenv("FOVEA_SHARED");
        Path shared = configured == null ? root.resolveSibling("shared") : Path.of(configured);
        Path checkpoint = shared.resolve("data/weights/tfeat-liberty.params");
        assumeTrue(Files.exists(checkpoint), "there is no " + checkpoint);

        int code = new FoveaProgram(new PrintWriter(out), new PrintWriter(err))
                .run(
                        "models",
                        "build",
                        "tfeat",
                        "--repository=" + folder.resolve("repository"),
                        "--weights=" + checkpoint,
                        "--licence=MIT");

        assertThat(code).as(err.toString()).isZero();
        Path file = folder.resolve("repository/tfeat/1/model.onnx");
        ModelManifest manifest = ManifestJson.read(
                OnnxFile.read(Files.readAllBytes(file)).metadata().getOrDefault(ModelManifest.METADATA_KEY, ""));
        assertThat(manifest.provenance().kind()).isEqualTo(Provenance.Kind.TRAINED);
        assertThat(manifest.provenance().licence()).isEqualTo("MIT");
        assertThat(manifest.provenance().source()).contains("tfeat-liberty.params");
        assertThat(manifest.sample()).isPresent();
    }

    /// An ONNX file whose constants are called `<name>_1`.
    private Path file(String name, String... tensors) throws IOException {
        var graph = new Graph("weights");
        Value x = graph.input("x", DataType.FLOAT32, Shape.of(2));
        for (String tensor : tensors) {
            x = Elementwise.add(x, graph.constant(tensor, new float[] {1, 2}, Shape.of(2)));
        }
        graph.output("y", x);
        return Files.write(folder.resolve(name), OnnxWriter.write(graph, Map.of()));
    }

    private int build(String... more) {
        List<String> words = new ArrayList<>(List.of(
                "models",
                "build",
                "bcnn-resnet18",
                "--repository",
                folder.resolve("repository").toString()));
        words.addAll(List.of("--image-size", "32", "--classes", "2"));
        words.addAll(List.of(more));
        return new FoveaProgram(new PrintWriter(out), new PrintWriter(err)).run(words.toArray(String[]::new));
    }
}
