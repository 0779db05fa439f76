package dev.fovea.imaging.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.OpenCv;
import dev.fovea.imaging.drawing.MatchPicture.Pair;
import dev.fovea.imaging.patch.Homography;
import dev.fovea.imaging.patch.Keypoint;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Rect;
import org.opencv.imgcodecs.Imgcodecs;

class MatchPictureTest {

    /// Images of 1,100 x 550 px are drawn as large as they are; the right one begins 16 px after the left one.
    private static final int WIDTH = 1100;

    private static final int HEIGHT = 550;
    private static final int RIGHT = WIDTH + 16;

    @Test
    void theHomographysOutlineLiesWhereTheLeftImageLiesInTheRightOne() {
        Homography shifted = Homography.of(1, 0, 200, 0, 1, 100, 0, 0, 1);

        Mat picture = draw(List.of(), Optional.of(shifted));

        assertThat(isBright(picture, RIGHT + 200, 300)).as("left edge").isTrue();
        assertThat(isBright(picture, RIGHT + 600, 100)).as("upper edge").isTrue();
        assertThat(isBright(picture, RIGHT + 150, 300)).as("outside").isFalse();
        assertThat(isBright(picture, RIGHT + 600, 300)).as("inside").isFalse();
        picture.release();
    }

    @Test
    void anOutlineThatLeavesTheRightImageIsCutOffThere() {
        Homography leftwards = Homography.of(1, 0, -300, 0, 1, 0, 0, 0, 1);

        Mat picture = draw(List.of(), Optional.of(leftwards));

        // Without the cut the left edge would run through the left image.
        assertThat(isBright(picture, RIGHT - 300, 300)).isFalse();
        assertThat(isBright(picture, RIGHT + WIDTH - 1 - 300, 300)).isTrue();
        picture.release();
    }

    @Test
    void aLineJoinsTheKeypointsOfAPair() {
        Pair pair = new Pair(new Keypoint(500, 200, 5, 0, 1), new Keypoint(300, 200, 5, 0, 1));

        Mat picture = draw(List.of(pair), Optional.empty());

        assertThat(isBright(picture, 500, 200)).as("left end").isTrue();
        assertThat(isBright(picture, RIGHT + 300, 200)).as("right end").isTrue();
        assertThat(isBright(picture, 900, 200)).as("between").isTrue();
        assertThat(isBright(picture, 450, 200)).as("before the left end").isFalse();
        picture.release();
    }

    @Test
    void ofManyPairsAFewAreDrawnAndTheCaptionSaysHowMany() {
        int side = 440;
        List<Pair> many = IntStream.range(0, 60)
                .mapToObj(i -> new Keypoint(60 * (i % 17), 9 * i, 5, 0, i * 7 % 60))
                .map(keypoint -> new Pair(keypoint, keypoint))
                .toList();

        Mat crowded = draw(many, Optional.empty(), side);
        Mat single = draw(many.subList(0, 1), Optional.empty(), side);

        assertThat(linesAcross(crowded, side + 8, side / 2)).isEqualTo(24);
        Rect bar = new Rect(0, side / 2, crowded.cols(), crowded.rows() - side / 2);
        assertThat(Core.sumElems(crowded.submat(bar)).val[0]).isGreaterThan(Core.sumElems(single.submat(bar)).val[0]);
        crowded.release();
        single.release();
    }

    /// How many strokes, which may be thin, a column crosses above a row.
    private static int linesAcross(Mat picture, int x, int height) {
        return (int) IntStream.range(1, height)
                .filter(y -> light(picture, x, y) > 60 && light(picture, x, y - 1) <= 60)
                .count();
    }

    private static Mat draw(List<Pair> pairs, Optional<Homography> homography) {
        return draw(pairs, homography, WIDTH);
    }

    private static Mat draw(List<Pair> pairs, Optional<Homography> homography, int side) {
        OpenCv.load();
        try (Image left = Image.fromRgb(WIDTH, HEIGHT, new byte[3 * WIDTH * HEIGHT]);
                Image right = Image.fromRgb(WIDTH, HEIGHT, new byte[3 * WIDTH * HEIGHT])) {
            byte[] jpeg = new MatchPicture(pairs, homography, "a -> b", List.of()).draw(left, right, side);
            return Imgcodecs.imdecode(new MatOfByte(jpeg), Imgcodecs.IMREAD_COLOR);
        }
    }

    private static boolean isBright(Mat picture, int x, int y) {
        return light(picture, x, y) > 110;
    }

    /// The brightest channel of a pixel.
    private static double light(Mat picture, int x, int y) {
        double[] bgr = picture.get(y, x);
        return Math.max(bgr[0], Math.max(bgr[1], bgr[2]));
    }
}
