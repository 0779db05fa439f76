package dev.fovea.local.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.OpenCv;
import dev.fovea.local.drawing.ExplanationPicture.Score;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;

class ExplanationPictureTest {

    @BeforeAll
    static void loadsOpenCv() {
        OpenCv.load();
    }

    @Test
    void theImageIsLeftAndTheOverlayRight() {
        Mat picture = draw(List.of(new Score("rose", 0.5)));

        assertThat(brightness(picture, 450, 300)).isCloseTo(40, within(6.0));
        assertThat(brightness(picture, picture.cols() - 450, 300)).isCloseTo(200, within(6.0));
        picture.release();
    }

    @Test
    void aBarIsAsLongAsItsClassIsProbable() {
        Mat picture = draw(List.of(new Score("rose", 0.75), new Score("tulip", 0.25)));

        assertThat((double) bar(picture, 0) / bar(picture, 1)).isCloseTo(3, within(0.1));
        picture.release();
    }

    @Test
    void noMoreThanFiveClassesAreDrawn() {
        Mat five = draw(scores(5));
        Mat many = draw(scores(50));

        assertThat(many.rows()).isEqualTo(five.rows());
        five.release();
        many.release();
    }

    private static List<Score> scores(int count) {
        Score[] scores = new Score[count];
        Arrays.fill(scores, new Score("rose", 1.0 / count));
        return List.of(scores);
    }

    /// Where the bar of a row ends, from where it begins, pixels.
    private static int bar(Mat picture, int row) {
        int y = 675 + 64 + 34 * row + 8;
        int left = 430;
        int x = left;
        while (brightness(picture, x, y) > 120) {
            x++;
        }
        return x - left + 7;
    }

    private static Mat draw(List<Score> scores) {
        try (Image image = grey(40);
                Image overlay = grey(200)) {
            byte[] jpeg = new ExplanationPicture("a.jpg", "rose", scores).draw(image, overlay);
            return Imgcodecs.imdecode(new MatOfByte(jpeg), Imgcodecs.IMREAD_COLOR);
        }
    }

    private static Image grey(int level) {
        byte[] rgb = new byte[3 * 80 * 60];
        Arrays.fill(rgb, (byte) level);
        return Image.fromRgb(80, 60, rgb);
    }

    private static double brightness(Mat picture, int x, int y) {
        double[] bgr = picture.get(y, x);
        return Math.max(bgr[0], Math.max(bgr[1], bgr[2]));
    }
}
