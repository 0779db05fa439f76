package dev.fovea.local.scene;

import dev.fovea.imaging.Image;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/// Photographs a lit texture from one view: perspective, light, blur, sensor noise, in that order.
///
/// The same seed gives the same pixels. One thread at a time may call it.
final class ViewRenderer {

    /// Rendered this many times larger and averaged down, so that distant detail does not flicker.
    private static final int OVERSAMPLING = 2;

    private final Mat texture;

    /// @param texture BGR bytes, lent
    ViewRenderer(Mat texture) {
        this.texture = texture;
    }

    /// The caller closes the image.
    Image render(View view, long seed) {
        Mat rgb = new Mat();
        Mat exposed = project(view);
        try {
            expose(exposed, view.light());
            Imgproc.GaussianBlur(exposed, exposed, new Size(0, 0), view.lens().blur());
            addNoise(exposed, view.lens().noise(), seed);
            exposed.convertTo(rgb, CvType.CV_8UC3, 255);
            Imgproc.cvtColor(rgb, rgb, Imgproc.COLOR_BGR2RGB);
            return Image.owning(rgb);
        } finally {
            exposed.release();
        }
    }

    /// Values 0 to 1 in floats.
    private Mat project(View view) {
        // Pixel (x, y) is the mean of the fine pixels around (2x + 0.5, 2y + 0.5).
        Projection fine = view.projection()
                .then(Projection.scaling(OVERSAMPLING))
                .then(Projection.shift((OVERSAMPLING - 1) / 2.0, (OVERSAMPLING - 1) / 2.0));
        Mat matrix = new Mat(3, 3, CvType.CV_64F);
        Mat large = new Mat();
        Mat small = new Mat();
        try {
            matrix.put(0, 0, fine.toArray());
            Size size = new Size(OVERSAMPLING * View.WIDTH, OVERSAMPLING * View.HEIGHT);
            Imgproc.warpPerspective(texture, large, matrix, size, Imgproc.INTER_CUBIC, Core.BORDER_REFLECT_101);
            Imgproc.resize(large, small, new Size(View.WIDTH, View.HEIGHT), 0, 0, Imgproc.INTER_AREA);
            small.convertTo(small, CvType.CV_32FC3, 1 / 255.0);
            return small;
        } finally {
            matrix.release();
            large.release();
        }
    }

    private static void expose(Mat image, View.Light light) {
        Core.pow(image, light.gamma(), image);
        Scalar gains =
                new Scalar(light.gain() * (1 - light.warmth()), light.gain(), light.gain() * (1 + light.warmth()));
        Core.multiply(image, gains, image);
        if (light.falloff() == 0) {
            return;
        }
        float[] row = new float[3 * View.WIDTH];
        for (int i = 0; i < row.length; i++) {
            row[i] = (float) (1 - light.falloff() * i / row.length);
        }
        Mat line = new Mat(1, View.WIDTH, CvType.CV_32FC3);
        Mat plane = new Mat();
        try {
            line.put(0, 0, row);
            Core.repeat(line, View.HEIGHT, 1, plane);
            Core.multiply(image, plane, image);
        } finally {
            line.release();
            plane.release();
        }
    }

    private static void addNoise(Mat image, double deviation, long seed) {
        Mat noise = new Mat(View.HEIGHT, View.WIDTH, CvType.CV_32FC3);
        try {
            Core.setRNGSeed((int) seed);
            Core.randn(noise, 0, deviation / 255);
            Core.add(image, noise, image);
        } finally {
            noise.release();
        }
    }
}
