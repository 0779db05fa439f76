package dev.fovea.builder.evaluate.patches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.patch.PatchFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageSequenceTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void readsMikolajczyksLayout() throws IOException {
        write("graf", "img1.png", "img3.png", "img2.png", "readme.txt");
        map("graf/H1to3p", "2 0 4\n 0 2 6 \n0 0 2\n");
        map("graf/H1to2p", "1 0 9 0 1 0 0 0 1");

        ImageSequence sequence = ImageSequence.in(folder.resolve("graf")).getFirst();

        assertThat(sequence.name()).isEqualTo("graf");
        assertThat(sequence.images())
                .extracting(image -> image.getFileName().toString())
                .containsExactly("img1.png", "img2.png", "img3.png");
        assertThat(sequence.maps().get(0).mapX(1, 1)).isEqualTo(10);
        assertThat(sequence.maps().get(1).mapY(1, 1)).isEqualTo(4);
    }

    @Test
    void readsHPatchesLayoutAndFoldersOfSequences() throws IOException {
        write("b", "1.jpg", "2.jpg");
        map("b/H_1_2", "1 0 0 0 1 0 0 0 1");
        write("a", "img1.bmp", "img2.bmp");
        map("a/H1to2p", "1 0 0 0 1 0 0 0 1");
        write("notes", "todo.txt");

        assertThat(ImageSequence.in(folder)).extracting(ImageSequence::name).containsExactly("a", "b");
    }

    @Test
    void saysWhichFileIsMissingOrWrong() throws IOException {
        assertThatThrownBy(() -> ImageSequence.in(folder)).hasMessageContaining("is no image sequence and holds none");
        assertThatThrownBy(() -> ImageSequence.in(folder.resolve("nowhere"))).hasMessageContaining("is not a folder");
        write("s", "img1.png");
        map("s/H1to2p", "1 0 0 0 1 0 0 0 1");
        assertThatThrownBy(() -> ImageSequence.in(folder)).hasMessageEndingWith("has no image 2: img2.png");
        write("s", "img2.png");
        map("s/H1to2p", "1 0 0 0 1 0 0 0");
        assertThatThrownBy(() -> ImageSequence.in(folder))
                .hasMessageContaining("H1to2p holds 8 numbers, expected are 9");
        map("s/H1to2p", "1 0 0 0 one 0 0 0 1");
        assertThatThrownBy(() -> ImageSequence.in(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("H1to2p is no homography");
        map("s/H1to2p", "1 0 0 0 1 0 0 0 0");
        assertThatThrownBy(() -> ImageSequence.in(folder)).hasMessageContaining("the last is not zero");
    }

    @ParameterizedTest(name = "circles of radius {0} and {1}, {2} apart")
    @CsvSource({
        "1, 1, 0, 1",
        "1, 1, 2, 0",
        "1, 1, 5, 0",
        "2, 1, 0, 0.25", // one inside the other
        "2, 1, 1, 0.25",
        "1, 1, 1, 0.24301", // lens 2 pi / 3 - sqrt(3) / 2 over 2 pi less the lens
    })
    void overlapOfPatchesIsThatOfTheirCircles(double one, double other, double apart, double expected) {
        double overlap = SequenceFrames.overlap(
                new PatchFrame(10, 20, one, 0, 0, one), new PatchFrame(10, 20 + apart, other, 0, 0, other));

        assertThat(overlap).isCloseTo(expected, within(1e-5));
    }

    @Test
    void settingsNameTheOptionThatIsOutOfRange() {
        assertThatThrownBy(() -> new EvaluationSettings(9, 500, 1000, List.of(NoiseLevel.EASY), 1))
                .hasMessage("--patches 9 is outside 10 to 5000");
        assertThatThrownBy(() -> new EvaluationSettings(10, 10_001, 1000, List.of(NoiseLevel.EASY), 1))
                .hasMessage("--keypoints 10001 is outside 10 to 10000");
        assertThatThrownBy(() -> new EvaluationSettings(10, 10, 99, List.of(NoiseLevel.EASY), 1))
                .hasMessage("--pairs 99 is outside 100 to 1000000");
        assertThatThrownBy(() -> new EvaluationSettings(10, 10, 100, List.of(NoiseLevel.EASY, NoiseLevel.EASY), 1))
                .hasMessage("--noise [easy, easy] must name one or more levels, each once");
    }

    private void write(String sequence, String... files) throws IOException {
        Files.createDirectories(folder.resolve(sequence));
        for (String file : files) {
            Files.write(folder.resolve(sequence).resolve(file), new byte[0]);
        }
    }

    private void map(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }
}
