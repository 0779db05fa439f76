package dev.fovea.local.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.OpenCv;
import dev.fovea.imaging.drawing.Point;
import dev.fovea.imaging.patch.Keypoint;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;

class KeypointPictureTest {

    /// The picture of an 800 px wide image is twice as large.
    private static final double SCALE = 2;

    @Test
    void anglesRunClockwiseOnTheScreen() {
        Point tip = KeypointPicture.tip(new Point(100, 100), 10, 90);

        assertThat(tip.x()).isCloseTo(100, within(1e-9));
        assertThat(tip.y()).isCloseTo(110, within(1e-9));
    }

    @Test
    void pixelCentresStayCentresWhenEnlarged() {
        Keypoint corner = new Keypoint(0, 0, 4, 0, 1);

        // The upper left pixel becomes the four pixels around (0.5, 0.5).
        assertThat(KeypointPicture.centre(corner, SCALE)).isEqualTo(new Point(0.5, 0.5));
    }

    @Test
    void drawsACircleOfTheScaleAndALineAtTheAngle() {
        Keypoint keypoint = new Keypoint(400, 300, 20, 0, 1);
        int radius = (int) (SCALE * KeypointPicture.MAGNIFICATION * 20 / 2);

        Mat picture = draw(List.of(keypoint));

        assertThat(brightness(picture, 801 + radius, 601))
                .as("on the circle, right")
                .isGreaterThan(120);
        assertThat(brightness(picture, 801, 601 - radius))
                .as("on the circle, above")
                .isGreaterThan(120);
        assertThat(brightness(picture, 801 + radius / 2, 601)).as("on the line").isGreaterThan(120);
        assertThat(brightness(picture, 801 - radius / 2, 601))
                .as("opposite the line")
                .isLessThan(30);
        picture.release();
    }

    @Test
    void keepsTheShapeOfTheImageAndAddsACaption() {
        Mat picture = draw(List.of());

        assertThat(picture.cols()).isEqualTo(1600);
        assertThat(picture.rows()).isGreaterThan(1200);
        picture.release();
    }

    private static Mat draw(List<Keypoint> keypoints) {
        OpenCv.load();
        try (Image black = Image.fromRgb(800, 600, new byte[3 * 800 * 600])) {
            byte[] jpeg = new KeypointPicture(keypoints, "a.jpg", List.of("facts")).draw(black);
            return Imgcodecs.imdecode(new MatOfByte(jpeg), Imgcodecs.IMREAD_COLOR);
        }
    }

    private static double brightness(Mat picture, int x, int y) {
        double most = 0;
        // JPEG and anti-aliasing spread a stroke over its neighbours.
        for (int dx = -1; dx <= 1; dx++) {
            for (int dy = -1; dy <= 1; dy++) {
                double[] bgr = picture.get(y + dy, x + dx);
                most = Math.max(most, Math.max(bgr[0], Math.max(bgr[1], bgr[2])));
            }
        }
        return most;
    }
}
