package dev.fovea.local.drawing;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.drawing.Canvas;
import dev.fovea.imaging.drawing.Caption;
import dev.fovea.imaging.drawing.Ink;
import dev.fovea.imaging.drawing.Point;
import dev.fovea.imaging.drawing.Spread;
import dev.fovea.imaging.patch.Keypoint;
import java.util.Comparator;
import java.util.List;
import org.opencv.core.Rect;

/// An image with its keypoints: the strongest as a circle of their scale with a line at their angle, coloured by
/// scale, all others as dots.
///
/// @param caption what is written below, the title first
public record KeypointPicture(List<Keypoint> keypoints, String title, List<String> caption) {

    /// Longer side of the image as drawn, pixels.
    private static final int SIDE = 1600;

    private static final int BAR = 64;

    /// How many circles an image bears before they hide it.
    static final int CIRCLES = 130;

    /// Circles are drawn this many times the keypoint's diameter: small ones would be dots.
    static final double MAGNIFICATION = 3;

    public KeypointPicture {
        keypoints = List.copyOf(keypoints);
        caption = List.copyOf(caption);
    }

    /// Encodes the picture as JPEG.
    public byte[] draw(Image image) {
        double scale = (double) SIDE / Math.max(image.width(), image.height());
        int width = (int) Math.round(scale * image.width());
        int height = (int) Math.round(scale * image.height());
        try (Canvas canvas = new Canvas(width, height + BAR, Ink.PAPER)) {
            canvas.put(image, 0, 0, width, height, 0.78);
            canvas.translucent(
                    0.75, () -> keypoints.forEach(keypoint -> canvas.dot(centre(keypoint, scale), 1.8, ink(keypoint))));
            List<Keypoint> chosen =
                    Spread.over(keypoints, CIRCLES, Math.min(image.width(), image.height()) / 36.0, MAGNIFICATION);
            canvas.translucent(0.6, () -> chosen.forEach(keypoint -> draw(canvas, keypoint, scale, Ink.HALO, 6)));
            chosen.stream()
                    .sorted(Comparator.comparing(Keypoint::size).reversed())
                    .forEach(keypoint -> draw(canvas, keypoint, scale, ink(keypoint), 2));
            canvas.fill(new Rect(0, height, width, BAR), Ink.PAPER);
            Caption.write(canvas, title, caption, new Rect(0, height, width, BAR));
            return canvas.jpeg();
        }
    }

    private static void draw(Canvas canvas, Keypoint keypoint, double scale, Ink ink, int thickness) {
        double radius = scale * MAGNIFICATION * keypoint.size() / 2;
        Point centre = centre(keypoint, scale);
        canvas.circle(centre, radius, ink, thickness);
        canvas.line(centre, tip(centre, radius, keypoint.angleDegrees()), ink, thickness);
    }

    /// Where the line from the centre meets the circle; angles run clockwise, because rows run downwards.
    static Point tip(Point centre, double radius, double angleDegrees) {
        double angle = Math.toRadians(angleDegrees);
        return new Point(centre.x() + radius * Math.cos(angle), centre.y() + radius * Math.sin(angle));
    }

    /// Pixel centres are at integers, also on the enlarged image.
    static Point centre(Keypoint keypoint, double scale) {
        return new Point((keypoint.x() + 0.5) * scale - 0.5, (keypoint.y() + 0.5) * scale - 0.5);
    }

    /// Doubling the scale moves a quarter along the ramp; 3 px is its beginning.
    private static Ink ink(Keypoint keypoint) {
        return Ink.ramp(Math.log(keypoint.size() / 3) / Math.log(2) / 4);
    }
}
