package dev.fovea.builder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fovea.builder.release.ModelFile;
import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.OnnxFile;
import dev.fovea.onnx.OnnxWriter;
import dev.fovea.onnx.shape.Shape;
import dev.fovea.repository.ManifestJson;
import dev.fovea.repository.ModelManifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoveaProgramTest {

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Nested
    class Build {

        @Test
        void writesAModelThatDescribesItself() throws IOException {
            int code = run(
                    "models",
                    "build",
                    "siftnet",
                    "--repository",
                    repository(),
                    "--rootsift",
                    "--patch-size",
                    "41",
                    "--input",
                    "float32",
                    "--buckets",
                    "1,4",
                    "--name",
                    "my-sift",
                    "--version",
                    "7");

            assertThat(err.toString()).isEmpty();
            assertThat(code).isZero();
            assertThat(out.toString()).startsWith("built my-sift@7: " + file("my-sift", 7));
            ModelManifest manifest = manifest(file("my-sift", 7));
            assertThat(manifest.name()).isEqualTo("my-sift");
            assertThat(manifest.version()).isEqualTo(7);
            assertThat(manifest.batchBuckets()).containsExactly(1, 4);
            assertThat(manifest.parameters()).containsEntry("rootsift", "true").containsEntry("patch_size", "41");
            assertThat(manifest.inputs().getFirst().itemShape()).containsExactly(41, 41);
        }

        @Test
        void leavesNothingButTheModel() throws IOException {
            build();

            try (Stream<Path> files = Files.walk(folder)) {
                assertThat(files.filter(Files::isRegularFile)).containsExactly(file("siftnet", 1));
            }
        }

        @Test
        void givesTheSameBytesEveryTime() throws IOException {
            build();
            byte[] first = Files.readAllBytes(file("siftnet", 1));

            assertThat(run("models", "build", "siftnet", "--repository", repository(), "--force"))
                    .isZero();

            assertThat(Files.readAllBytes(file("siftnet", 1))).isEqualTo(first);
        }

        @Test
        void refusesToReplaceAVersionUnlessForced() throws IOException {
            build();
            byte[] first = Files.readAllBytes(file("siftnet", 1));

            int code = run("models", "build", "siftnet", "--repository", repository(), "--clipval", "0.3");

            assertThat(code).isEqualTo(1);
            assertThat(err.toString())
                    .isEqualTo("fovea models build siftnet: siftnet@1 exists already: " + file("siftnet", 1)
                            + " (--force replaces it)" + System.lineSeparator());
            assertThat(Files.readAllBytes(file("siftnet", 1))).isEqualTo(first);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "--patch-size=4 | patch_size 4 is outside 5 to 256",
                    "--patch-size=big | patch_size = \"big\" is not acceptable; allowed: 5 to 256",
                    "--mask-type=Round | mask_type = \"Round\" is not acceptable; allowed: [CircularGauss, Gauss, Uniform]",
                    "--name=My_Model | model name \"My_Model\" must be 1 to 63 lower case letters",
                    "--version=0 | model version 0 is below 1",
                    "--version=one | Invalid value for option '--version': 'one' is not an int",
                    "--buckets=8,1 | batch buckets [8, 1] of model siftnet must be positive and ascending",
                    "--input=int64 | a model takes UINT8 or FLOAT32, not INT64",
                    "--bins=3 | Unknown option: '--bins=3'",
                })
        void refusesAWrongValueInOneLineQuotingIt(String argument, String message) {
            int code = run("models", "build", "siftnet", "--repository", repository(), argument);

            assertThat(code).isEqualTo(2);
            assertThat(err.toString().lines()).singleElement().asString().contains(message);
            assertThat(folder).isEmptyDirectory();
        }

        @Test
        void saysWhenTheRepositoryCannotBeWritten() throws IOException {
            Path occupied = Files.writeString(folder.resolve("occupied"), "a file");

            assertThat(run("models", "build", "siftnet", "--repository", occupied.toString()))
                    .isEqualTo(1);
            assertThat(err.toString().lines()).singleElement().asString().contains(occupied.toString());
        }

        @Test
        void helpShowsEveryOptionWithItsRangeAndAnExample() {
            assertThat(run("models", "build", "siftnet", "--help")).isZero();
            assertThat(out.toString())
                    .contains("--num-ang-bins", "2 to 36", "--sigma-type", "--buckets", "Examples:")
                    .contains("fovea models build siftnet --repository models");
        }
    }

    @Nested
    class Inspect {

        @Test
        void saysWhatAModelIs() throws IOException {
            build();

            assertThat(run("models", "inspect", file("siftnet", 1).toString())).isZero();
            assertThat(out.toString())
                    .contains("siftnet@1", "patch-description", "patches UINT8 N x [32, 32]")
                    .contains("descriptors FLOAT32 N x [128]", "[1, 8, 16, 32, 64]", "COMPUTED", "Apache-2.0")
                    .contains(ModelFile.sha256(Files.readAllBytes(file("siftnet", 1))));
        }

        @Test
        void countsParametersAndOperators() throws IOException {
            build();

            assertThat(run(
                            "models",
                            "inspect",
                            "--operators",
                            file("siftnet", 1).toString()))
                    .isZero();
            assertThat(out.toString()).containsPattern("parameters +[0-9,]+").containsPattern("operator +Conv [0-9]+");
        }

        @Test
        void printsJsonThatHoldsTheManifest() throws IOException {
            build();
            out.getBuffer().setLength(0);

            assertThat(run("models", "inspect", "--json", file("siftnet", 1).toString()))
                    .isZero();

            JsonNode json = new ObjectMapper().readTree(out.toString());
            assertThat(json.get("sha256").textValue())
                    .isEqualTo(ModelFile.sha256(Files.readAllBytes(file("siftnet", 1))));
            assertThat(json.get("inputs").get(0).get("shape").textValue()).isEqualTo("(N, 32, 32)");
            assertThat(ManifestJson.read(json.get("manifest").toString())).isEqualTo(manifest(file("siftnet", 1)));
        }

        @Test
        void describesAForeignModelAsOneThatIsRefused() throws IOException {
            var graph = new Graph("foreign");
            graph.output("y", graph.input("x", DataType.FLOAT32, Shape.batchOf(3)));
            Path file = Files.write(folder.resolve("foreign.onnx"), OnnxWriter.write(graph, Map.of()));

            assertThat(run("models", "inspect", file.toString())).isZero();
            assertThat(out.toString()).contains("no manifest", "x float32 (N, 3)", "y float32 (N, 3)");
        }

        @Test
        void refusesWhatIsNoModel() throws IOException {
            Path text = Files.writeString(folder.resolve("notes.txt"), "not a model at all");

            assertThat(run("models", "inspect", text.toString())).isEqualTo(1);
            assertThat(run("models", "inspect", folder.resolve("absent").toString()))
                    .isEqualTo(1);
            assertThat(err.toString().lines())
                    .hasSize(2)
                    .satisfiesExactly(
                            first -> assertThat(first).contains(text + ": not an ONNX file"),
                            second -> assertThat(second).contains("absent is not a file"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "| fovea: a command is missing",
                "models | fovea models: a command is missing; there is build, ",
                "models build | fovea models build: an architecture is missing; there is siftnet",
                "modls | fovea: Unmatched argument at index 0: 'modls'; did you mean models? (try \"fovea --help\")",
                "models build sift | fovea models build: Unmatched argument at index 2: 'sift'; did you mean siftnet",
                "models build siftnet --repository x --sede 3 | fovea models build siftnet: Unknown options:",
                "models build alexnet | fovea models build: Unmatched argument at index 2: 'alexnet'",
                "models build siftnet | fovea models build siftnet: Missing required option: '--repository=DIR'",
                "models inspect | fovea models inspect: Missing required parameter: 'FILE'",
            })
    void saysInOneLineWhatIsMissing(String arguments, String message) {
        int code = run(arguments == null ? new String[0] : arguments.split(" "));

        assertThat(code).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().startsWith(message);
    }

    private int run(String... arguments) {
        return new FoveaProgram(new PrintWriter(out), new PrintWriter(err)).run(arguments);
    }

    private void build() {
        assertThat(run("models", "build", "siftnet", "--repository", repository()))
                .as(err.toString())
                .isZero();
    }

    private String repository() {
        return folder.toString();
    }

    private Path file(String name, int version) {
        return folder.resolve(name).resolve(String.valueOf(version)).resolve("model.onnx");
    }

    private static ModelManifest manifest(Path file) throws IOException {
        return ManifestJson.read(
                List.copyOf(OnnxFile.read(Files.readAllBytes(file)).metadata().values())
                        .getFirst());
    }
}
