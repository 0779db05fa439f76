package dev.fovea.local.scene;

/// Where the camera stands, what the light is like and how sharp the lens is.
public record View(Stand stand, Light light, Lens lens) {

    static final int WIDTH = 800;
    static final int HEIGHT = 600;

    /// Focal length, pixels: a horizontal angle of 45 degrees.
    private static final double FOCAL = 966;

    /// Texture pixels that one pixel of a straight view at zoom 1 covers.
    private static final double TEXELS = 1.75;

    /// @param turn about the vertical axis, degrees
    /// @param tilt about the horizontal axis, degrees
    /// @param roll about the line of sight, degrees
    /// @param zoom 1 for the usual distance, more for nearer
    /// @param shiftX of the middle of the scene, pixels to the right
    /// @param shiftY of the middle of the scene, pixels downwards
    record Stand(double turn, double tilt, double roll, double zoom, double shiftX, double shiftY) {}

    /// @param gain of all channels
    /// @param gamma above 1 darkens the middle tones
    /// @param warmth share added to red and taken from blue
    /// @param falloff share of light lost at the far right edge
    record Light(double gain, double gamma, double warmth, double falloff) {

        static final Light DAY = new Light(1, 1, 0, 0);
    }

    /// @param blur standard deviation, pixels
    /// @param noise standard deviation of the sensor, grey levels
    record Lens(double blur, double noise) {

        static final Lens SHARP = new Lens(0.35, 1);
    }

    /// From the texture's pixels to the view's.
    Projection projection() {
        double distance = FOCAL * TEXELS / stand.zoom;
        double[] r = rotation();
        // The texture lies in the plane z = 0 of the scene, its middle in front of the camera.
        Projection camera =
                Projection.of(FOCAL * r[0], FOCAL * r[1], 0, FOCAL * r[3], FOCAL * r[4], 0, r[6], r[7], distance);
        return Projection.shift(-(Relief.WIDTH - 1) / 2.0, -(Relief.HEIGHT - 1) / 2.0)
                .then(camera)
                .then(Projection.shift((WIDTH - 1) / 2.0 + stand.shiftX, (HEIGHT - 1) / 2.0 + stand.shiftY));
    }

    /// Roll after tilt after turn, row by row.
    private double[] rotation() {
        double ct = Math.cos(Math.toRadians(stand.turn));
        double st = Math.sin(Math.toRadians(stand.turn));
        double cx = Math.cos(Math.toRadians(stand.tilt));
        double sx = Math.sin(Math.toRadians(stand.tilt));
        double cr = Math.cos(Math.toRadians(stand.roll));
        double sr = Math.sin(Math.toRadians(stand.roll));
        double[] tilted = {ct, 0, st, sx * st, cx, -sx * ct, -cx * st, sx, cx * ct};
        double[] rolled = new double[9];
        for (int k = 0; k < 3; k++) {
            rolled[k] = cr * tilted[k] - sr * tilted[3 + k];
            rolled[3 + k] = sr * tilted[k] + cr * tilted[3 + k];
            rolled[6 + k] = tilted[6 + k];
        }
        return rolled;
    }
}
