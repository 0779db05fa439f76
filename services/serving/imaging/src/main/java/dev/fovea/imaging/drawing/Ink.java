package dev.fovea.imaging.drawing;

import org.opencv.core.Scalar;

/// A drawing colour.
///
/// **Range:** 0 to 255 a channel.
public record Ink(int red, int green, int blue) {

    public static final Ink PAPER = new Ink(24, 26, 31);
    public static final Ink TEXT = new Ink(236, 238, 242);
    public static final Ink QUIET = new Ink(158, 164, 174);
    public static final Ink HALO = new Ink(0, 0, 0);
    public static final Ink OUTLINE = new Ink(255, 214, 64);

    /// From small to large: sky, mint, yellow, orange, magenta.
    private static final Ink[] RAMP = {
        new Ink(64, 196, 255),
        new Ink(70, 240, 170),
        new Ink(255, 232, 60),
        new Ink(255, 148, 50),
        new Ink(255, 84, 170),
    };

    /// @param share of the way along the ramp, clipped to 0 to 1
    public static Ink ramp(double share) {
        double place = Math.clamp(share, 0, 1) * (RAMP.length - 1);
        int lower = Math.min((int) place, RAMP.length - 2);
        return RAMP[lower].mix(RAMP[lower + 1], place - lower);
    }

    private Ink mix(Ink other, double share) {
        return new Ink(
                (int) Math.round(red + share * (other.red - red)),
                (int) Math.round(green + share * (other.green - green)),
                (int) Math.round(blue + share * (other.blue - blue)));
    }

    /// In the order of an RGB image.
    Scalar scalar() {
        return new Scalar(red, green, blue);
    }
}
