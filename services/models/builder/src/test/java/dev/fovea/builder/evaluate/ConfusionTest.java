package dev.fovea.builder.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfusionTest {

    /// Two cats, one of them taken for a dog; one dog, recognised; no bird.
    private static Confusion pets() {
        var confusion = new Confusion(List.of("cat", "dog", "bird"));
        confusion.add(0, new float[] {3, 1, 0});
        confusion.add(0, new float[] {1, 3, 0});
        confusion.add(1, new float[] {0, 9, 1});
        return confusion;
    }

    @Test
    void countsWhoWasTakenForWhom() {
        Confusion confusion = pets();

        assertThat(confusion.count(0, 0)).isEqualTo(1);
        assertThat(confusion.count(0, 1)).isEqualTo(1);
        assertThat(confusion.top1()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(confusion.recall(0)).isEqualTo(0.5);
        assertThat(confusion.precision(1)).isEqualTo(0.5);
    }

    @Test
    void meanOverClassesLeavesOutThoseWithoutImages() {
        assertThat(pets().balanced()).isCloseTo(0.75, within(1e-12));
    }

    @Test
    void chanceIsTheShareOfTheLargestClass() {
        assertThat(pets().chance()).isCloseTo(2 / 3.0, within(1e-12));
    }

    @Test
    void sixthBestIsNotAmongTheFirstFive() {
        var confusion =
                new Confusion(IntStream.range(0, 6).mapToObj(String::valueOf).toList());
        float[] falling = {6, 5, 4, 3, 2, 1};

        confusion.add(4, falling);
        confusion.add(5, falling);

        assertThat(confusion.top5()).isEqualTo(0.5);
        assertThat(confusion.top1()).isZero();
    }

    @Test
    void firstClassWinsATie() {
        var confusion = new Confusion(List.of("a", "b"));

        confusion.add(1, new float[] {1, 1});

        assertThat(confusion.count(1, 0)).isEqualTo(1);
    }

    @Test
    void reportHasEveryNumberForPersonAndProgram() {
        var text = new StringWriter();

        ClassificationReport.print(pets(), new PrintWriter(text, true));

        assertThat(text.toString())
                .contains("top-1 66.7 %", "chance 66.7 %", "3 images")
                .containsPattern("cat +2 +1 +50.0 % +100.0 %")
                .containsPattern("bird +0 +0 +0.0 % +-");
        assertThat(ClassificationReport.json(pets()).toString())
                .contains("\"confusion\":[[1,1,0],[0,1,0],[0,0,0]]")
                .contains("\"top1\":0.6666666666666666");
    }

    @Test
    void pictureShowsRightAndWrongAnswersInTheirColours(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("pets.png");

        ConfusionPlot.write(pets(), "pets", file);

        BufferedImage picture = ImageIO.read(file.toFile());
        int greens = 0;
        int reds = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                int red = picture.getRGB(x, y) >> 16 & 0xFF;
                int green = picture.getRGB(x, y) >> 8 & 0xFF;
                greens += green > red + 40 ? 1 : 0;
                reds += red > green + 40 ? 1 : 0;
            }
        }
        assertThat(greens).as("two cells of right answers").isGreaterThan(4000);
        assertThat(reds).as("one cell of wrong answers").isGreaterThan(2000).isLessThan(greens);
    }
}
