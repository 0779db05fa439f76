package dev.fovea.imaging.drawing;

import dev.fovea.imaging.Image;
import java.util.List;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfPoint;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/// An image being drawn on; strokes are anti-aliased and placed to a sixteenth of a pixel.
///
/// **Units:** pixels of the canvas, pixel centres at integers.
///
/// One thread at a time may call it; whoever made it closes it.
public final class Canvas implements AutoCloseable {

    private static final int FRACTION_BITS = 4;
    private static final int FONT = Imgproc.FONT_HERSHEY_DUPLEX;

    private final Mat rgb;

    public Canvas(int width, int height, Ink ground) {
        rgb = new Mat(height, width, CvType.CV_8UC3, ground.scalar());
    }

    /// Puts an image, enlarged or reduced to `width` x `height`, with its upper left corner at (left, top).
    ///
    /// @param brightness share of the image's light that stays, so that strokes stand out
    public void put(Image image, int left, int top, int width, int height, double brightness) {
        Mat place = rgb.submat(new Rect(left, top, width, height));
        try {
            int interpolation = width > image.width() ? Imgproc.INTER_CUBIC : Imgproc.INTER_AREA;
            Imgproc.resize(image.mat(), place, new Size(width, height), 0, 0, interpolation);
            place.convertTo(place, -1, brightness, 0);
        } finally {
            place.release();
        }
    }

    public void circle(Point centre, double radius, Ink ink, int thickness) {
        Imgproc.circle(rgb, fixed(centre), fixed(radius), ink.scalar(), thickness, Imgproc.LINE_AA, FRACTION_BITS);
    }

    public void dot(Point centre, double radius, Ink ink) {
        circle(centre, radius, ink, Imgproc.FILLED);
    }

    public void line(Point from, Point to, Ink ink, int thickness) {
        Imgproc.line(rgb, fixed(from), fixed(to), ink.scalar(), thickness, Imgproc.LINE_AA, FRACTION_BITS);
    }

    /// A closed outline that is cut off at the edges of a part of the canvas.
    public void outline(List<Point> corners, Rect part, Ink ink, int thickness) {
        Mat view = rgb.submat(part);
        MatOfPoint polygon = new MatOfPoint(corners.stream()
                .map(corner -> fixed(new Point(corner.x() - part.x, corner.y() - part.y)))
                .toArray(org.opencv.core.Point[]::new));
        try {
            Imgproc.polylines(view, List.of(polygon), true, ink.scalar(), thickness, Imgproc.LINE_AA, FRACTION_BITS);
        } finally {
            view.release();
            polygon.release();
        }
    }

    /// Draws through `strokes` on a copy and lays that over the canvas.
    ///
    /// @param opacity 0 to 1
    public void translucent(double opacity, Runnable strokes) {
        Mat before = rgb.clone();
        try {
            strokes.run();
            org.opencv.core.Core.addWeighted(rgb, opacity, before, 1 - opacity, 0, rgb);
        } finally {
            before.release();
        }
    }

    /// One line of ASCII text; returns where it ends.
    ///
    /// @param left edge of the text
    /// @param baseline row that letters stand on
    /// @param height of capital letters, pixels
    public int text(String text, int left, int baseline, int height, Ink ink) {
        double scale = Imgproc.getFontScaleFromHeight(FONT, height, 1);
        int thickness = height >= 20 ? 2 : 1;
        Imgproc.putText(
                rgb,
                ascii(text),
                new org.opencv.core.Point(left, baseline),
                FONT,
                scale,
                ink.scalar(),
                thickness,
                Imgproc.LINE_AA);
        return left + width(text, height);
    }

    /// Width of a line of text, pixels.
    public static int width(String text, int height) {
        double scale = Imgproc.getFontScaleFromHeight(FONT, height, 1);
        return (int) Math.ceil(Imgproc.getTextSize(ascii(text), FONT, scale, 1, new int[1]).width);
    }

    public void fill(Rect part, Ink ink) {
        Imgproc.rectangle(rgb, part, ink.scalar(), Imgproc.FILLED);
    }

    public byte[] jpeg() {
        // The image borrows the pixels; they are released with the canvas.
        return Image.owning(rgb).encodeJpeg(92);
    }

    @Override
    public void close() {
        rgb.release();
    }

    /// The font holds no other letters; file names may.
    private static String ascii(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }

    private static org.opencv.core.Point fixed(Point point) {
        return new org.opencv.core.Point(fixed(point.x()), fixed(point.y()));
    }

    private static int fixed(double value) {
        return Math.clamp(Math.round(value * (1 << FRACTION_BITS)), -(1 << 24), 1 << 24);
    }

    Scalar pixel(int x, int y) {
        return new Scalar(rgb.get(y, x));
    }
}
