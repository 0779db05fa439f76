package dev.fovea.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.OpenCv;
import dev.fovea.proto.v1.ClassResponse;
import dev.fovea.proto.v1.ClassificationResult;
import dev.fovea.proto.v1.Explanation;
import dev.fovea.proto.v1.ScoredLabel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassificationsTest {

    @TempDir
    private Path folder = Path.of("");

    private Studio studio = new Studio(Path.of(""), new Screen(System.out, false));
    private Classifications classifications = new Classifications(studio, Truths.NONE);

    @BeforeEach
    void knowsTwoOfThreeImages() {
        studio.close();
        OpenCv.load();
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        studio = new Studio(folder.resolve("pictures"), new Screen(nowhere, false));
        Truths truths = new Truths(Map.of("a.png", "rose", "b.png", "tulip"), "as rendered");
        classifications = new Classifications(studio, truths);
    }

    @AfterEach
    void closesTheStudio() {
        studio.close();
    }

    @Test
    void countsRightLabelsWhereTheTruthIsKnown() throws IOException {
        take(result("a.png", "rose").build());
        take(result("b.png", "rose").build());
        take(result("c.png", "rose").build());

        assertThat(classifications.total()).isEqualTo("3 classified, labels 1 of 2 as rendered");
    }

    @Test
    void saysNothingOfTheTruthWhereNoneIsKnown() throws IOException {
        take(result("c.png", "rose").build());

        assertThat(classifications.total()).isEqualTo("1 classified");
    }

    @Test
    void aWrongLabelIsCorrectedOnTheScreen() throws IOException {
        assertThat(line("b.png")).endsWith("; it is tulip");
        assertThat(line("a.png")).doesNotContain("it is");
    }

    @Test
    void drawsWhatSpeaksForTheBestClass() throws IOException, InterruptedException {
        ClassResponse response = ClassResponse.newBuilder()
                .setLabel("rose")
                .setOverlay(ByteString.copyFrom(image(8, 6, 200)))
                .build();

        take(result("a.png", "rose")
                .setExplanation(Explanation.newBuilder().addResponses(response))
                .build());

        assertThat(studio.finish(new StopRequest())).isEqualTo(1);
        assertThat(folder.resolve("pictures/a.png.explanation.jpg")).isNotEmptyFile();
    }

    @Test
    void aResultWithoutExplanationIsNotDrawn() throws IOException, InterruptedException {
        take(result("a.png", "rose").build());

        assertThat(studio.finish(new StopRequest())).isZero();
    }

    private String line(String id) throws IOException {
        return classifications.read(result(id, "rose").build().toByteArray()).line();
    }

    private void take(ClassificationResult result) throws IOException {
        String key = result.getImageId();
        Path file = Files.write(folder.resolve(key), image(8, 6, 40));
        classifications.read(result.toByteArray()).take().accept(new ImageFile(file, key, "image/png"));
    }

    private static ClassificationResult.Builder result(String id, String label) {
        return ClassificationResult.newBuilder()
                .setImageId(id)
                .addLabels(ScoredLabel.newBuilder().setLabel(label).setProbability(0.75f))
                .addLabels(ScoredLabel.newBuilder().setLabel("daisy").setProbability(0.25f));
    }

    private static byte[] image(int width, int height, int level) {
        byte[] rgb = new byte[3 * width * height];
        java.util.Arrays.fill(rgb, (byte) level);
        try (Image image = Image.fromRgb(width, height, rgb)) {
            return image.encodeJpeg(92);
        }
    }
}
