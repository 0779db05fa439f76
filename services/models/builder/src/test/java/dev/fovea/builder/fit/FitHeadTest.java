package dev.fovea.builder.fit;

import static dev.fovea.builder.fit.Shell.fovea;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fovea.builder.images.ImageModel;
import dev.fovea.builder.images.ModelName;
import dev.fovea.inference.session.BatchBuffers;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.inference.session.OutputSet;
import dev.fovea.onnxruntime.ExecutionProvider;
import dev.fovea.onnxruntime.OnnxRuntimeLoader;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.Provenance;
import dev.fovea.repository.TensorSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FitHeadTest {

    /// Of the descriptors and colours that are pooled, in rows of patches with a border.
    private static final int CHANNELS = 153;

    private static final int ROWS = 7;

    @TempDir
    private static Path folder = Path.of("");

    private static String images = "";
    private static String repository = "";
    private static Shell shapes = new Shell(-1, "", "");

    @BeforeAll
    static void fitShapes() throws IOException {
        images = Rendered.classes(folder.resolve("shapes"), 15).toString();
        repository = folder.resolve("models").toString();
        shapes = fit("shapes", "--plot", folder.resolve("confusion.png").toString());
    }

    private static Shell fit(String name, String... more) {
        String[] arguments = {
            "fit",
            "head",
            "sift-bilinear",
            "--option",
            "image_size=64",
            "--images",
            images,
            "--repository",
            repository,
            "--name",
            name
        };
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return fovea(all);
    }

    @Test
    void oneCommandMakesAClassifierOfFolders() throws IOException {
        assertThat(shapes.err()).doesNotContain("fovea fit head:");
        assertThat(shapes.code()).isZero();
        assertThat(shapes.out()).contains("36 images fitted to, 9 held out", "chance 33.3 %", "fitted shapes@1");
        assertThat(top1(shapes.out())).isGreaterThan(70);
        assertThat(folder.resolve("confusion.png")).isNotEmptyFile();
    }

    @Test
    void manifestSaysWhatWasFittedToWhat() throws IOException {
        try (ImageModel model = ImageModel.open(ModelName.parse("shapes").in(Path.of(repository)))) {
            ModelManifest manifest = model.manifest();
            assertThat(manifest.task()).isEqualTo("fine-grained-classification");
            assertThat(manifest.labels()).containsExactly("disc", "square", "stripes");
            assertThat(manifest.outputs().getFirst().name()).isEqualTo("logits");
            assertThat(manifest.provenance().kind()).isEqualTo(Provenance.Kind.FITTED);
            assertThat(manifest.provenance().source())
                    .contains("logistic regression on 36 images of 3 classes in shapes, seed 1");
            assertThat(manifest.sample()).isPresent();
        }
    }

    @Test
    void fittedClassifierExplainsItself() throws Exception {
        var version = ModelName.parse("shapes").in(Path.of(repository));
        try (ModelSession session =
                new OnnxRuntimeLoader(List.of(ExecutionProvider.Cpu.withThreads(1))).load(version)) {
            assertThat(session.manifest().explanations())
                    .extracting(TensorSpec::name, TensorSpec::itemShape)
                    .containsExactly(
                            tuple("response_forms", List.of(3, CHANNELS, CHANNELS)),
                            tuple("response_classes", List.of(3)),
                            tuple("response_features", List.of(CHANNELS, ROWS, ROWS)),
                            tuple("response_biases", List.of(3)));
            BatchBuffers buffers = session.newBuffers();
            ByteBuffer pixels = buffers.input().bytes();
            for (int i = 0; i < pixels.capacity(); i++) {
                pixels.put(i, (byte) (64 + 3 * (i / 192) + (i % 192) / 3));
            }
            session.run(buffers, 1, OutputSet.ALL);
            float[] logits = buffers.outputs().get(0).row(0);
            float[] forms = buffers.outputs().get(1).row(0);
            float[] classes = buffers.outputs().get(2).row(0);
            float[] features = buffers.outputs().get(3).row(0);
            float[] biases = buffers.outputs().get(4).row(0);

            for (int rank = 0; rank < 3; rank++) {
                double sum = 0;
                for (int pair = 0; pair < CHANNELS * CHANNELS; pair++) {
                    sum += forms[rank * CHANNELS * CHANNELS + pair];
                }
                int label = (int) classes[rank];
                assertThat(sum).as("shares sum to the score").isCloseTo(logits[label] - biases[rank], within(1e-4));
            }
            assertThat(largest(features, 0))
                    .as("no patch has its centre at the border")
                    .isZero();
            assertThat(largest(features, ROWS + 1)).isPositive();
        }
    }

    /// Of all channels at a position.
    private static float largest(float[] features, int position) {
        float largest = 0;
        for (int channel = 0; channel < CHANNELS; channel++) {
            largest = Math.max(largest, Math.abs(features[channel * ROWS * ROWS + position]));
        }
        return largest;
    }

    @Test
    void headOnAMeanOfMapsExplainsItselfByThem() throws IOException {
        String[] build = {
            "models",
            "build",
            "pooled",
            "--trunk",
            "mobilenetv2",
            "--pooling",
            "gap",
            "--normalise",
            "false",
            "--image-size",
            "64",
            "--name",
            "means",
            "--seeded",
            "x",
            "--repository",
            repository
        };
        assertThat(fovea(build).code()).isZero();

        Shell shell =
                fovea("fit", "head", "means@1", "--images", images, "--repository", repository, "--name", "activated");

        assertThat(shell.code()).as(shell.err()).isZero();
        try (ImageModel model = ImageModel.open(ModelName.parse("activated").in(Path.of(repository)))) {
            assertThat(model.manifest().explanations())
                    .extracting(TensorSpec::itemShape)
                    .containsExactly(List.of(3, 2, 2), List.of(3));
            assertThat(model.manifest().parameters()).containsEntry("pooling", "gap");
        }
    }

    @Test
    void headOnAnotherVectorSaysThatItCannotExplainItself() throws IOException {
        Shell shell = fovea(
                "fit",
                "head",
                "sift-dense",
                "--option",
                "image_size=64",
                "--images",
                images,
                "--repository",
                repository,
                "--name",
                "unexplained");

        assertThat(shell.code()).as(shell.err()).isZero();
        assertThat(shell.err())
                .contains("no explanations are possible: what is classified is neither the mean of maps");
        try (ImageModel model = ImageModel.open(ModelName.parse("unexplained").in(Path.of(repository)))) {
            assertThat(model.manifest().explanations()).isEmpty();
        }
    }

    @Test
    void explanationsAreLeftOutWhereNotWanted() throws IOException {
        assertThat(fit("silent", "--no-explanations").code()).isZero();

        try (ImageModel model = ImageModel.open(ModelName.parse("silent").in(Path.of(repository)))) {
            assertThat(model.manifest().outputs()).hasSize(1);
            assertThat(model.manifest().parameters()).doesNotContainKey("explains");
        }
    }

    @Test
    void evaluationOfTheWrittenModelCountsEveryImage() throws IOException {
        Path report = folder.resolve("report.json");
        Shell shell = fovea(
                "evaluate",
                "classification",
                "shapes",
                "--repository",
                repository,
                "--images",
                images,
                "--json",
                report.toString());

        assertThat(shell.code()).isZero();
        JsonNode json = new ObjectMapper().readTree(report.toFile());
        assertThat(json.path("images").asInt()).isEqualTo(45);
        assertThat(json.path("top1").asDouble())
                .as("four fifths of them it was fitted to")
                .isGreaterThan(0.85);
        assertThat(json.path("classes").get(2).path("name").asText()).isEqualTo("stripes");
    }

    @Test
    void sameSeedGivesTheSameBytes() throws IOException {
        Path repeated = folder.resolve("again");
        fovea(
                "fit",
                "head",
                "sift-bilinear",
                "--option",
                "image_size=64",
                "--images",
                images,
                "--repository",
                repeated.toString(),
                "--name",
                "shapes");

        assertThat(Files.readAllBytes(repeated.resolve("shapes/1/model.onnx")))
                .isEqualTo(Files.readAllBytes(Path.of(repository, "shapes/1/model.onnx")));
    }

    @Test
    void headGoesOntoPooledMapsInsideAModel() throws IOException {
        assertThat(fovea("models", "build", "sift-dense", "--image-size", "64", "--repository", repository)
                        .code())
                .isZero();

        Shell shell = fovea(
                "fit",
                "head",
                "sift-dense@1",
                "--output",
                "local_features",
                "--pooling",
                "bilinear",
                "--reduce",
                "16",
                "--images",
                images,
                "--repository",
                repository,
                "--name",
                "pooled");

        assertThat(shell.err()).doesNotContain("fovea fit head:");
        assertThat(shell.out()).contains("256 features, 36 images fitted to");
        assertThat(top1(shell.out())).isGreaterThan(60);
        try (ImageModel model = ImageModel.open(ModelName.parse("pooled").in(Path.of(repository)))) {
            assertThat(model.manifest().parameters())
                    .containsEntry("pooling", "bilinear")
                    .containsEntry("reduced", "16");
        }
    }

    @Test
    void imagesThatCannotBeReadAreNamedAndLeftOut() throws IOException {
        Path broken = Rendered.classes(folder.resolve("broken"), 6);
        Files.writeString(broken.resolve("disc/notes.txt"), "no image");

        Shell shell = fovea(
                "fit",
                "head",
                "sift-bilinear",
                "--option",
                "image_size=64",
                "--images",
                broken.toString(),
                "--repository",
                repository,
                "--name",
                "broken");

        assertThat(shell.code()).isZero();
        assertThat(shell.err()).contains("notes.txt: ", "1 of 19 files left out: they cannot be read as images");
    }

    @Test
    void singleClassIsRefused() throws IOException {
        Files.createDirectories(folder.resolve("one/only"));

        Shell shell = fovea(
                "fit",
                "head",
                "sift-bilinear",
                "--images",
                folder.resolve("one").toString(),
                "--repository",
                repository,
                "--name",
                "one");

        assertThat(shell.code()).isEqualTo(1);
        assertThat(shell.err())
                .contains("has 1 sub-folders; at least 2 are needed, one for each class, named after it");
    }

    @Test
    void classWithoutImagesThatCanBeReadIsRefused() throws IOException {
        Path mixed = Rendered.classes(folder.resolve("mixed"), 3);
        Path notes = Files.createDirectories(mixed.resolve("notes"));
        for (int i = 0; i < 3; i++) {
            Files.writeString(notes.resolve(i + ".txt"), "no image");
        }

        Shell shell = fovea(
                "fit",
                "head",
                "sift-bilinear",
                "--option",
                "image_size=64",
                "--images",
                mixed.toString(),
                "--repository",
                repository,
                "--name",
                "mixed");

        assertThat(shell.code()).isEqualTo(1);
        assertThat(shell.err()).contains("class notes has too few images: 0 to fit to and 0 to measure on");
    }

    @Test
    void folderWithoutAnyImageIsRefused() throws IOException {
        for (String kind : new String[] {"a", "b"}) {
            Path words = Files.createDirectories(folder.resolve("words").resolve(kind));
            for (int i = 0; i < 3; i++) {
                Files.writeString(words.resolve(i + ".txt"), kind);
            }
        }

        Shell shell = fovea(
                "fit",
                "head",
                "sift-bilinear",
                "--option",
                "image_size=64",
                "--images",
                folder.resolve("words").toString(),
                "--repository",
                repository,
                "--name",
                "words");

        assertThat(shell.code()).isEqualTo(1);
        assertThat(shell.err()).contains("none of 6 files is an image that can be read");
    }

    @Test
    void mapsWithoutPoolingAreRefused() {
        fovea("models", "build", "sift-dense", "--image-size", "64", "--name", "dense", "--repository", repository);

        Shell shell = fovea(
                "fit", "head", "dense", "--output", "local_features", "--images", images, "--repository", repository);

        assertThat(shell.code()).isEqualTo(2);
        assertThat(shell.err()).contains("--pooling is missing");
    }

    @Test
    void trunkWithoutWeightsIsRefused() {
        Shell shell = fovea("fit", "head", "bcnn-resnet18", "--images", images, "--repository", repository);

        assertThat(shell.code()).isEqualTo(2);
        assertThat(shell.err()).contains("fit head fits one linear layer", "--weights gives the trunk's");
    }

    @Test
    void unknownSubjectIsRefusedWithWhatThereIs() {
        Shell shell = fovea("fit", "head", "nothing", "--images", images, "--repository", repository);

        assertThat(shell.err()).contains("no model \"nothing\"", "sift-bilinear");
    }

    private static double top1(String out) {
        var matcher = java.util.regex.Pattern.compile("top-1 ([0-9.]+) %").matcher(out);
        assertThat(matcher.find()).as(out).isTrue();
        return Double.parseDouble(matcher.group(1));
    }
}
