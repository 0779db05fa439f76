package dev.fovea.builder.fit;

import static dev.fovea.builder.fit.Shell.fovea;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FitJsonTest {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @TempDir
    private static Path folder = Path.of("");

    private static String images = "";
    private static String repository = "";
    private static Shell words = new Shell(-1, "", "");
    private static Shell head = new Shell(-1, "", "");

    @BeforeAll
    static void fit() throws IOException {
        images = Rendered.classes(folder.resolve("shapes"), 6).toString();
        repository = folder.resolve("models").toString();
        words = onImages(
                "fit",
                "codebook",
                "sift-vlad",
                "--option",
                "image_size=64",
                "--option",
                "clusters=4",
                "--samples",
                "1000",
                "--name",
                "vlad",
                "--json");
        head = onImages("fit", "head", "sift-bilinear", "--option", "image_size=64", "--name", "shapes", "--json");
    }

    private static Shell onImages(String... command) {
        String[] rest = {"--images", images, "--repository", repository};
        return fovea(Stream.of(command, rest).flatMap(Stream::of).toArray(String[]::new));
    }

    /// The one object there is.
    private static JsonNode fit(Shell shell, String model) throws IOException {
        JsonNode root = MAPPER.readTree(shell.out());
        assertThat(root.path("model").asText()).isEqualTo(model);
        return root.path("fit");
    }

    @Test
    void codebookPrintsOneObjectWithItsFigures() throws IOException {
        JsonNode fit = fit(words, "vlad@1");

        assertThat(words.err()).contains("4 visual words of");
        assertThat(fit.path("words").asInt()).isEqualTo(4);
        assertThat(fit.path("samples").asInt()).isPositive();
        assertThat(fit.path("inertia").asDouble()).isPositive();
        assertThat(fit.path("alpha").asDouble()).isPositive();
    }

    @Test
    void headPrintsOneObjectWithWhatItMeasured() throws IOException {
        JsonNode fit = fit(head, "shapes@1");

        assertThat(head.err()).contains("3 held out", "chance 33.3 %");
        assertThat(fit.path("images").asInt()).isEqualTo(15);
        JsonNode heldOut = fit.path("heldOut");
        assertThat(heldOut.path("images").asInt()).isEqualTo(3);
        assertThat(heldOut.path("top1").isNumber()).isTrue();
        assertThat(heldOut.path("chance").asDouble()).isBetween(0.33, 0.34);
        assertThat(heldOut.path("confusion")).hasSize(3);
        assertThat(heldOut.path("classes").get(0).path("name").asText()).isEqualTo("disc");
    }

    @Test
    void projectionPrintsOneObjectWithTheVarianceItKept() throws IOException {
        Shell few = onImages("fit", "pca", "vlad", "--dimensions", "3", "--name", "few", "--json");
        Shell all = onImages("fit", "whitening", "vlad", "--dimensions", "17", "--name", "all", "--json");

        assertThat(few.err()).contains("3 of 512 dimensions fitted to 18 answers");
        assertThat(fit(few, "few@1").path("explainedVariance").asDouble()).isBetween(0.15, 0.9);
        assertThat(fit(all, "all@1").path("explainedVariance").asDouble())
                .as("17 dimensions hold 18 points")
                .isBetween(0.999, 1.0);
    }

    @Test
    void classifierIsNotCompressed() {
        Shell shell = onImages("fit", "pca", "shapes");

        assertThat(shell.code()).isEqualTo(2);
        assertThat(shell.err())
                .contains("model shapes@1 does fine-grained-classification; answers of models for"
                        + " global-retrieval or patch-description can be compressed");
    }
}
