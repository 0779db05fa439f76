package dev.fovea.imaging.patch;

import dev.fovea.imaging.Image;
import dev.fovea.inference.Tensor;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.PatchPreprocessing;
import dev.fovea.repository.TensorSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfPoint;
import org.opencv.core.Point;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/// Draws `docs/patch-geometry.png`: keypoints with their sampled squares, and the patches cut from them.
///
/// Run with the picture's path as the only argument.
final class PatchGeometryPicture {

    private static final PatchPreprocessing PREPROCESSING = new PatchPreprocessing(32, 12);
    private static final List<Scalar> COLOURS =
            List.of(new Scalar(214, 39, 40), new Scalar(23, 90, 200), new Scalar(20, 130, 50));
    private static final List<Keypoint> KEYPOINTS = List.of(
            new Keypoint(190, 170, 36, 30, 1), new Keypoint(470, 130, 24, 250, 1), new Keypoint(440, 370, 12, 0, 1));
    private static final int SCENE_WIDTH = 640;
    private static final int SCENE_HEIGHT = 480;
    private static final int SHOWN = 150;
    private static final int MARGIN = 12;

    private PatchGeometryPicture() {}

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        try (Image scene = RenderedScene.textured(SCENE_WIDTH, SCENE_HEIGHT);
                Image picture = draw(scene)) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, picture.encodePng());
        }
    }

    private static Image draw(Image scene) {
        Mat picture = new Mat(SCENE_HEIGHT, SCENE_WIDTH + 270, CvType.CV_8UC3, Scalar.all(255));
        Mat left = picture.submat(new Rect(0, 0, SCENE_WIDTH, SCENE_HEIGHT));
        Core.addWeighted(scene.mat(), 0.75, left, 0.25, 0, left);
        Tensor patches =
                Tensor.allocate(new TensorSpec("patches", ElementType.UINT8, List.of(32, 32), ""), KEYPOINTS.size());
        new PatchExtractor(PREPROCESSING).extract(scene, KEYPOINTS, patches);
        for (int i = 0; i < KEYPOINTS.size(); i++) {
            drawKeypoint(left, KEYPOINTS.get(i), COLOURS.get(i));
            drawPatch(picture, patches.bytes(i, i + 1), i);
        }
        left.release();
        return Image.owning(picture);
    }

    private static void drawKeypoint(Mat picture, Keypoint keypoint, Scalar colour) {
        double half = PREPROCESSING.magnification() * keypoint.size() / 4;
        Point[] corners = {
            at(keypoint, -half, -half), at(keypoint, half, -half), at(keypoint, half, half), at(keypoint, -half, half)
        };
        Point centre = at(keypoint, 0, 0);
        Imgproc.polylines(picture, List.of(new MatOfPoint(corners)), true, colour, 2, Imgproc.LINE_AA);
        Imgproc.circle(picture, centre, Math.round(keypoint.size() / 2), colour, 2, Imgproc.LINE_AA);
        Imgproc.arrowedLine(picture, centre, at(keypoint, half, 0), colour, 2, Imgproc.LINE_AA, 0, 0.12);
        Imgproc.circle(picture, corners[0], 6, colour, -1, Imgproc.LINE_AA);
    }

    /// The image point that the patch shows `u` image pixels right and `v` down of its centre.
    private static Point at(Keypoint keypoint, double u, double v) {
        double angle = Math.toRadians(keypoint.angleDegrees());
        return new Point(
                keypoint.x() + Math.cos(angle) * u - Math.sin(angle) * v,
                keypoint.y() + Math.sin(angle) * u + Math.cos(angle) * v);
    }

    private static void drawPatch(Mat picture, ByteBuffer patch, int index) {
        Mat grey = new Mat(32, 32, CvType.CV_8UC1, patch);
        Mat shown = new Mat();
        Imgproc.resize(
                grey, shown, new Size(SHOWN - 2 * MARGIN + 12, SHOWN - 2 * MARGIN + 12), 0, 0, Imgproc.INTER_NEAREST);
        Imgproc.cvtColor(shown, shown, Imgproc.COLOR_GRAY2RGB);
        Rect place = new Rect(SCENE_WIDTH + MARGIN, MARGIN + index * (SHOWN + 6), shown.cols(), shown.rows());
        Mat target = picture.submat(place);
        shown.copyTo(target);
        Imgproc.rectangle(picture, place, COLOURS.get(index), 2);
        Imgproc.circle(picture, place.tl(), 6, COLOURS.get(index), -1, Imgproc.LINE_AA);
        Keypoint keypoint = KEYPOINTS.get(index);
        int x = place.x + place.width + 8;
        label(picture, "size " + (int) keypoint.size() + " px", x, place.y + 20);
        label(picture, "angle " + (int) keypoint.angleDegrees(), x, place.y + 40);
        label(picture, "side " + (int) (6 * keypoint.size()) + " px", x, place.y + 60);
        target.release();
        shown.release();
        grey.release();
    }

    private static void label(Mat picture, String text, int x, int y) {
        Imgproc.putText(
                picture, text, new Point(x, y), Imgproc.FONT_HERSHEY_SIMPLEX, 0.5, Scalar.all(40), 1, Imgproc.LINE_AA);
    }
}
