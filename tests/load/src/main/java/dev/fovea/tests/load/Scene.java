package dev.fovea.tests.load;

import dev.fovea.imaging.OpenCv;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/// A grey image with texture at many scales.
final class Scene {

    private static final int WIDTH_PX = 800;
    private static final int HEIGHT_PX = 640;

    private Scene() {}

    /// @param file an image, or empty for one made of noise
    static Mat grey(Optional<Path> file) {
        OpenCv.load();
        if (file.isEmpty()) {
            return noise();
        }
        Mat image = Imgcodecs.imread(file.get().toString(), Imgcodecs.IMREAD_GRAYSCALE);
        if (image.empty()) {
            throw new IllegalArgumentException("no image can be read from " + file.get());
        }
        return image;
    }

    /// Noise of octaves 2 to 64 px, added and stretched to 0..255.
    private static Mat noise() {
        Random random = new Random(7);
        Mat sum = new Mat(HEIGHT_PX, WIDTH_PX, CvType.CV_32F, Scalar.all(0));
        for (int cell = 2; cell <= 64; cell *= 2) {
            Mat small = new Mat(HEIGHT_PX / cell, WIDTH_PX / cell, CvType.CV_32F);
            float[] values = new float[(int) small.total()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
            small.put(0, 0, values);
            Mat large = new Mat();
            Imgproc.resize(small, large, new Size(WIDTH_PX, HEIGHT_PX), 0, 0, Imgproc.INTER_CUBIC);
            Core.add(sum, large, sum);
        }
        Mat grey = new Mat();
        Core.normalize(sum, grey, 0, 255, Core.NORM_MINMAX, CvType.CV_8U);
        return grey;
    }

    /// `count` squares of `size` pixels from random places, one after another.
    static byte[] patches(Mat grey, int size, int count) {
        Random random = new Random(11);
        byte[] all = new byte[count * size * size];
        byte[] row = new byte[size];
        for (int i = 0; i < count; i++) {
            int top = random.nextInt(grey.rows() - size);
            int left = random.nextInt(grey.cols() - size);
            for (int y = 0; y < size; y++) {
                grey.get(top + y, left, row);
                System.arraycopy(row, 0, all, (i * size + y) * size, size);
            }
        }
        return all;
    }
}
