package dev.fovea.builder.fit;

import static dev.fovea.builder.fit.Shell.fovea;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fovea.architectures.weights.file.WeightFile;
import dev.fovea.builder.images.ImageFolder;
import dev.fovea.builder.images.ImageModel;
import dev.fovea.builder.images.ImageRows;
import dev.fovea.builder.images.ModelName;
import dev.fovea.builder.numbers.Matrix;
import dev.fovea.repository.Provenance;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FitEmbedderTest {

    @TempDir
    private static Path folder = Path.of("");

    private static Path images = Path.of("");
    private static String repository = "";
    private static Shell words = new Shell(-1, "", "");

    @BeforeAll
    static void fitWords() throws IOException {
        images = Rendered.classes(folder.resolve("shapes"), 8);
        repository = folder.resolve("models").toString();
        words = codebook(
                repository,
                "vlad",
                "--save-weights",
                folder.resolve("words.safetensors").toString());
    }

    private static Shell codebook(String to, String name, String... more) {
        String[] arguments = {
            "fit",
            "codebook",
            "sift-vlad",
            "--option",
            "image_size=64",
            "--option",
            "clusters=4",
            "--option",
            "pca=16",
            "--samples",
            "1000",
            "--images",
            images.toString(),
            "--repository",
            to,
            "--name",
            name
        };
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return fovea(all);
    }

    @Test
    void codebookMakesAnEmbedderOfUnitNorm() throws Exception {
        assertThat(words.err()).doesNotContain("fovea fit codebook:");
        assertThat(words.out()).contains("4 visual words of 16 numbers", "fitted vlad@1");

        Matrix embeddings = embeddings("vlad");

        assertThat(embeddings.columns()).isEqualTo(64);
        assertThat(norm(embeddings.row(0))).isCloseTo(1.0, within(1e-4));
    }

    @Test
    void savedWordsBuildTheSameModelAgain() {
        WeightFile saved = WeightFile.open(folder.resolve("words.safetensors"));

        assertThat(saved.origin().kind()).isEqualTo(Provenance.Kind.FITTED);
        assertThat(saved.names())
                .containsExactlyInAnyOrder(
                        "pca.components", "pca.mean", "pool.centroids", "pool.conv.bias", "pool.conv.weight");
    }

    @Test
    void sameSeedGivesTheSameBytes() throws IOException {
        Path again = folder.resolve("again");
        codebook(again.toString(), "vlad");

        assertThat(Files.readAllBytes(again.resolve("vlad/1/model.onnx")))
                .isEqualTo(Files.readAllBytes(Path.of(repository, "vlad/1/model.onnx")));
    }

    @Test
    void everyImageFindsItselfFirst() throws IOException {
        Path report = folder.resolve("retrieval.json");
        Shell shell = fovea(
                "evaluate",
                "retrieval",
                "vlad",
                "--repository",
                repository,
                "--queries",
                images.toString(),
                "--references",
                images.toString(),
                "--ground-truth",
                "same-names",
                "--at",
                "1,5",
                "--json",
                report.toString());

        assertThat(shell.code()).isZero();
        assertThat(shell.out()).contains("vlad@1, 24 queries").containsPattern("recall@1 +100.0 %");
        JsonNode json = new ObjectMapper().readTree(report.toFile());
        assertThat(json.path("recall").path("1").asDouble()).isEqualTo(1);
        assertThat(json.path("meanAveragePrecision").asDouble()).isEqualTo(1);
    }

    @Test
    void principalComponentsShortenTheAnswer() throws Exception {
        Shell shell = fovea(
                "fit", "pca", "vlad", "--images", images.toString(), "--dimensions", "8", "--repository", repository);

        assertThat(shell.err()).doesNotContain("fovea fit pca:");
        assertThat(shell.out()).contains("8 of 64 dimensions fitted to 24 answers", "fitted vlad-pca@1");
        Matrix embeddings = embeddings("vlad-pca");
        assertThat(embeddings.columns()).isEqualTo(8);
        assertThat(norm(embeddings.row(3))).isCloseTo(1.0, within(1e-4));
        assertThat(Math.abs(embeddings.columnMeans()[0])).as("centred").isLessThan(0.5f);
    }

    @Test
    void whiteningKeepsNoMoreDimensionsThanTheImagesSpan() throws Exception {
        Shell shell = fovea(
                "fit",
                "whitening",
                "vlad",
                "--images",
                images.toString(),
                "--dimensions",
                "60",
                "--repository",
                repository);

        assertThat(shell.code()).isZero();
        assertThat(shell.err()).contains("warning: 24 answers span 23 dimensions");
        assertThat(embeddings("vlad-whitened").columns()).isEqualTo(23);
    }

    @Test
    void descriptorsOfPatchesAreCompressedToo() {
        assertThat(fovea("models", "build", "siftnet", "--repository", repository)
                        .code())
                .isZero();

        Shell shell = fovea(
                "fit",
                "pca",
                "siftnet",
                "--images",
                images.toString(),
                "--dimensions",
                "12",
                "--repository",
                repository,
                "--name",
                "siftnet-12");

        assertThat(shell.err()).doesNotContain("fovea fit pca:");
        assertThat(shell.out()).contains("12 of 128 dimensions fitted to").contains("fitted siftnet-12@1");
    }

    @Test
    void architectureWithoutCodebookIsRefused() {
        Shell shell = fovea("fit", "codebook", "gem", "--images", images.toString(), "--repository", repository);

        assertThat(shell.code()).isEqualTo(2);
        assertThat(shell.err()).contains("architecture \"gem\" has no codebook; those that have are", "sift-vlad");
    }

    @Test
    void trunkWithoutWeightsIsRefused() {
        Shell shell = fovea("fit", "codebook", "netvlad", "--images", images.toString(), "--repository", repository);

        assertThat(shell.code()).isEqualTo(2);
        assertThat(shell.err()).contains("tensors of netvlad's trunk are lacking (--weights gives them)");
    }

    @Test
    void classifierIsNotMeasuredAsAnEmbedder() {
        Shell shell =
                fovea("evaluate", "classification", "vlad", "--repository", repository, "--images", images.toString());

        assertThat(shell.code()).isEqualTo(1);
        assertThat(shell.err()).contains("model vlad does global-retrieval, not fine-grained-classification");
    }

    private static Matrix embeddings(String name) throws IOException, InterruptedException {
        try (ImageModel model = ImageModel.open(ModelName.parse(name).in(Path.of(repository)))) {
            return ImageRows.of(model, ImageFolder.files(images), new PrintWriter(new StringWriter()))
                    .rows();
        }
    }

    private static double norm(float[] row) {
        double sum = 0;
        for (float value : row) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }
}
