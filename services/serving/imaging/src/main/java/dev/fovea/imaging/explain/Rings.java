package dev.fovea.imaging.explain;

import java.util.Comparator;
import java.util.List;
import org.opencv.core.Mat;
import org.opencv.core.Point;
import org.opencv.core.Scalar;
import org.opencv.imgproc.Imgproc;

/// Draws markers as bright rings with a dark outline, larger and brighter the stronger; the strongest on top.
final class Rings {

    private static final int SHIFT = 4; // OpenCV takes sixteenths of pixels
    private static final int SUBPIXELS = 1 << SHIFT;
    private static final Scalar OUTLINE = Scalar.all(20);

    private Rings() {}

    /// @param picture RGB, of the canvas' size; drawn on
    static void draw(Mat picture, List<Marker> markers, CanvasScale scale) {
        int longer = Math.max(picture.cols(), picture.rows());
        double largest = Math.max(4, longer / 45.0);
        int thickness = Math.max(1, Math.round(longer / 400f));
        for (Marker marker :
                markers.stream().sorted(Comparator.comparing(Marker::strength)).toList()) {
            double x = scale.canvasX(marker.x());
            double y = scale.canvasY(marker.y());
            if (x >= -0.5 && y >= -0.5 && x <= picture.cols() - 0.5 && y <= picture.rows() - 0.5) {
                int radius = (int) Math.round(SUBPIXELS * largest * (0.4 + 0.6 * marker.strength()));
                Point centre = new Point(Math.round(x * SUBPIXELS), Math.round(y * SUBPIXELS));
                Scalar ring = Scalar.all(Math.round(140 + 115 * marker.strength()));
                Imgproc.circle(picture, centre, radius, OUTLINE, thickness + 2, Imgproc.LINE_AA, SHIFT);
                Imgproc.circle(picture, centre, radius, ring, thickness, Imgproc.LINE_AA, SHIFT);
            }
        }
    }
}
