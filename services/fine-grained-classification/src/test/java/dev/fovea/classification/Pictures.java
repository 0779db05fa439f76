package dev.fovea.classification;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.OpenCv;
import dev.fovea.inference.ImageSource;
import java.nio.ByteBuffer;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;

/// Pictures that a test draws.
public final class Pictures {
    public static final int WIDTH = 64;
    public static final int HEIGHT = 48;

    private Pictures() {}

    /// Red on the left, blue on the right.
    public static byte[] redAndBluePng() {
        return redAndBluePng(WIDTH, HEIGHT);
    }

    public static byte[] redAndBluePng(int width, int height) {
        OpenCv.load();
        Mat picture = new Mat(height, width, CvType.CV_8UC3, new Scalar(255, 0, 0));
        Mat right = picture.submat(new Rect(width / 2, 0, width - width / 2, height));
        right.setTo(new Scalar(0, 0, 255));
        right.release();
        try (Image image = Image.owning(picture)) {
            return image.encodePng();
        }
    }

    public static ImageSource source(byte[] file) {
        return new ImageSource.Content(ByteBuffer.wrap(file));
    }
}
