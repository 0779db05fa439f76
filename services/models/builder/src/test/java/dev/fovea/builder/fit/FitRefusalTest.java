package dev.fovea.builder.fit;

import static dev.fovea.builder.fit.Shell.fovea;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What fits and evaluations refuse before they read an image: the folder of images holds words.
class FitRefusalTest {

    @TempDir
    private static Path folder = Path.of("");

    private static String words = "";
    private static String repository = "";

    @BeforeAll
    static void writeWords() throws IOException {
        words = folder.resolve("words").toString();
        repository = folder.resolve("models").toString();
        write("few", 2);
        write("many", 5);
    }

    private static void write(String kind, int count) throws IOException {
        Path classFolder = Files.createDirectories(Path.of(words, kind));
        for (int i = 0; i < count; i++) {
            Files.writeString(classFolder.resolve(i + ".txt"), "no image");
        }
    }

    private static Shell onWords(String... command) {
        String[] rest = {"--images", words, "--repository", repository};
        return fovea(Stream.of(command, rest).flatMap(Stream::of).toArray(String[]::new));
    }

    private static void refused(Shell shell, int code, String message) {
        assertThat(shell.code()).isEqualTo(code);
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err().lines()).singleElement().asString().endsWith(message);
    }

    @Test
    void classWithoutImagesToMeasureOnIsRefused() {
        refused(
                onWords("fit", "head", "sift-bilinear"),
                1,
                "class few has too few images: 1 to fit to and 1 to measure on; 2 and 1 are needed, with --split 0.8 at least 3"
                        + " images that can be read");
    }

    @Test
    void smallerShareNeedsMoreImages() {
        refused(
                onWords("fit", "head", "sift-bilinear", "--split", "0.25"),
                1,
                "with --split 0.25 at least 6 images that can be read");
    }

    @Test
    void plotInTheWayOfAFolderIsRefused() {
        refused(
                onWords("fit", "head", "sift-bilinear", "--plot", folder.toString()),
                1,
                "--plot " + folder + ": that is a folder, not a file");
    }

    @Test
    void plotInAMissingFolderIsRefused() {
        Path missing = folder.resolve("missing");

        refused(
                onWords("evaluate", "classification", "nothing", "--plot", missing + "/plot.png"),
                1,
                "--plot " + missing + "/plot.png: " + missing + " is not a folder");
    }

    @Test
    void jsonInTheWayOfAFolderIsRefused() {
        Shell shell = fovea(
                "evaluate",
                "retrieval",
                "nothing",
                "--queries",
                words,
                "--references",
                words,
                "--ground-truth",
                "same-names",
                "--repository",
                repository,
                "--json",
                words);

        refused(shell, 1, "--json " + words + ": that is a folder, not a file");
    }

    @Test
    void numbersOutsideTheirLimitsAreRefused() {
        refused(onWords("fit", "codebook", "sift-vlad", "--restarts", "101"), 2, "--restarts 101 is outside 1 to 100");
        refused(onWords("fit", "codebook", "sift-vlad", "--restarts", "0"), 2, "--restarts 0 is outside 1 to 100");
        refused(onWords("fit", "pca", "nothing", "--per-image", "10001"), 2, "--per-image 10001 is outside 1 to 10000");
        refused(onWords("fit", "whitening", "nothing", "--per-image", "0"), 2, "--per-image 0 is outside 1 to 10000");
        refused(onWords("fit", "pca", "nothing", "--dimensions", "0"), 2, "--dimensions 0 is outside 1 to 1000000");
    }
}
