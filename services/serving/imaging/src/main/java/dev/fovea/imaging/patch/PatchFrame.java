package dev.fovea.imaging.patch;

/// Where a patch lies in an image, in shape an ellipse: a [Keypoint] that may also be stretched and sheared.
///
/// A point (u, v) of the frame, in keypoint radii, shows the image at `(x + u ux + v vx, y + u uy + v vy)`;
/// the unit circle is the keypoint's circle.
///
/// @param x column of the centre, pixels; pixel centres are at integers
/// @param y row of the centre, pixels, downwards
/// @param ux columns that one radius along the patch's rows covers, pixels
/// @param uy rows that it covers
/// @param vx columns that one radius along the patch's columns covers, pixels
/// @param vy rows that it covers
public record PatchFrame(double x, double y, double ux, double uy, double vx, double vy) {

    /// OpenCV's mark of a keypoint without orientation.
    private static final float NO_ANGLE = -1;

    /// The circle of a keypoint, turned by its angle.
    public static PatchFrame of(Keypoint keypoint) {
        double radius = keypoint.size() / 2.0;
        double angle = Math.toRadians(keypoint.angleDegrees() == NO_ANGLE ? 0 : keypoint.angleDegrees());
        double cos = radius * Math.cos(angle);
        double sin = radius * Math.sin(angle);
        return new PatchFrame(keypoint.x(), keypoint.y(), cos, sin, -sin, cos);
    }

    /// The frame that shows at (u, v) what this one shows at `(du + a u + b v, dv + c u + d v)`.
    public PatchFrame moved(double du, double dv, double a, double b, double c, double d) {
        return new PatchFrame(
                columnAt(du, dv), rowAt(du, dv), a * ux + c * vx, a * uy + c * vy, b * ux + d * vx, b * uy + d * vy);
    }

    /// The frame in the image that `map` leads to, the map taken as linear around the centre.
    public PatchFrame through(Homography map) {
        double weight = map.get(2, 0) * x + map.get(2, 1) * y + map.get(2, 2);
        double toX = map.mapX(x, y);
        double toY = map.mapY(x, y);
        double xx = (map.get(0, 0) - toX * map.get(2, 0)) / weight; // derivatives of the projection at the centre
        double xy = (map.get(0, 1) - toX * map.get(2, 1)) / weight;
        double yx = (map.get(1, 0) - toY * map.get(2, 0)) / weight;
        double yy = (map.get(1, 1) - toY * map.get(2, 1)) / weight;
        return new PatchFrame(toX, toY, xx * ux + xy * uy, yx * ux + yy * uy, xx * vx + xy * vy, yx * vx + yy * vy);
    }

    /// Column of the image that (u, v) shows, in radii.
    public double columnAt(double u, double v) {
        return x + u * ux + v * vx;
    }

    /// Row of the image that (u, v) shows, in radii.
    public double rowAt(double u, double v) {
        return y + u * uy + v * vy;
    }

    /// Radius of the circle of the same area, pixels.
    public double radius() {
        return Math.sqrt(Math.abs(ux * vy - uy * vx));
    }
}
