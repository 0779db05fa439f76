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
    private final int pitch;
    private final Size size;

    /// @param texture BGR bytes, lent
    /// @param pitch texels from one pixel of the texture to the next
    /// @param widthPx of the images; their height is three quarters of it
    ViewRenderer(Mat texture, int pitch, int widthPx) {
        this.texture = texture;
        this.pitch = pitch;
        this.size = new Size(widthPx, (double) widthPx * View.HEIGHT / View.WIDTH);
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
        // Fine pixels to one of the view; pixel (x, y) is the mean of those around (x + 0.5) fine - 0.5.
        double fine = OVERSAMPLING * size.width / View.WIDTH;
        Projection map = Projection.scaling(pitch)
                .then(view.projection())
                .then(Projection.scaling(fine))
                .then(Projection.shift((fine - 1) / 2, (fine - 1) / 2));
        Mat matrix = new Mat(3, 3, CvType.CV_64F);
        Mat large = new Mat();
        Mat small = new Mat();
        try {
            matrix.put(0, 0, map.toArray());
            Size largeSize = new Size(OVERSAMPLING * size.width, OVERSAMPLING * size.height);
            Imgproc.warpPerspective(texture, large, matrix, largeSize, Imgproc.INTER_CUBIC, Core.BORDER_REFLECT_101);
            Imgproc.resize(large, small, size, 0, 0, Imgproc.INTER_AREA);
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
        float[] row = new float[3 * image.cols()];
        for (int i = 0; i < row.length; i++) {
            row[i] = (float) (1 - light.falloff() * i / row.length);
        }
        Mat line = new Mat(1, image.cols(), CvType.CV_32FC3);
        Mat plane = new Mat();
        try {
            line.put(0, 0, row);
            Core.repeat(line, image.rows(), 1, plane);
            Core.multiply(image, plane, image);
        } finally {
            line.release();
            plane.release();
        }
    }

    private static void addNoise(Mat image, double deviation, long seed) {
        Mat noise = new Mat(image.size(), CvType.CV_32FC3);
        try {
            Core.setRNGSeed((int) seed);
            Core.randn(noise, 0, deviation / 255);
            Core.add(image, noise, image);
        } finally {
            noise.release();
        }
    }
}
