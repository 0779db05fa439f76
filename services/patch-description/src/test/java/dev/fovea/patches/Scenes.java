package dev.fovea.patches;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.OpenCv;
import java.util.Random;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Point;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/// Pictures that a test draws: a textured scene, and the scene seen from elsewhere.
public final class Scenes {
    public static final int WIDTH = 480;
    public static final int HEIGHT = 360;

    private static final double[] HOMOGRAPHY = {0.92, -0.17, 40, 0.16, 0.95, -18, 1e-4, 5e-5, 1};

    private Scenes() {}

    /// From the scene to its second view, row by row.
    public static double[] homography() {
        return HOMOGRAPHY.clone();
    }

    /// Rectangles and discs of random places and colours.
    public static byte[] scenePng() {
        try (Image scene = Image.owning(scene())) {
            return scene.encodePng();
        }
    }

    public static byte[] secondViewPng() {
        Mat scene = scene();
        Mat map = new Mat(3, 3, CvType.CV_64F);
        Mat view = new Mat();
        map.put(0, 0, HOMOGRAPHY);
        Imgproc.warpPerspective(scene, view, map, new Size(WIDTH, HEIGHT), Imgproc.INTER_LINEAR);
        scene.release();
        map.release();
        try (Image image = Image.owning(view)) {
            return image.encodePng();
        }
    }

    /// One grey value everywhere: nothing to detect.
    public static byte[] blankPng() {
        OpenCv.load();
        try (Image image = Image.owning(new Mat(HEIGHT, WIDTH, CvType.CV_8UC3, Scalar.all(128)))) {
            return image.encodePng();
        }
    }

    private static Mat scene() {
        OpenCv.load();
        Mat scene = new Mat(HEIGHT, WIDTH, CvType.CV_8UC3, Scalar.all(90));
        var random = new Random(7);
        for (int i = 0; i < 220; i++) {
            var colour = new Scalar(random.nextInt(256), random.nextInt(256), random.nextInt(256));
            var at = new Point(random.nextInt(WIDTH), random.nextInt(HEIGHT));
            int size = 4 + random.nextInt(28);
            if (i % 2 == 0) {
                Imgproc.circle(scene, at, size / 2, colour, Imgproc.FILLED, Imgproc.LINE_AA);
            } else {
                var to = new Point(at.x + size, at.y + 4 + random.nextInt(28));
                Imgproc.rectangle(scene, at, to, colour, Imgproc.FILLED);
            }
        }
        return scene;
    }
}
