package dev.fovea.local.scene;

/// A colour as it is stored in an image file (not linear light).
///
/// **Range:** 0 to 1 a channel; sums and products may leave it and are clipped when pixels are written.
record Colour(float red, float green, float blue) {

    /// @param rgb as `0xRRGGBB`
    static Colour of(int rgb) {
        return new Colour((rgb >> 16 & 0xff) / 255f, (rgb >> 8 & 0xff) / 255f, (rgb & 0xff) / 255f);
    }

    /// @param share of `other`, clipped to 0 to 1
    Colour mix(Colour other, double share) {
        float s = (float) Math.clamp(share, 0, 1);
        return new Colour(
                red + s * (other.red - red), green + s * (other.green - green), blue + s * (other.blue - blue));
    }

    Colour times(double factor) {
        float f = (float) factor;
        return new Colour(f * red, f * green, f * blue);
    }

    /// Picks from a palette by a number in [0, 1).
    static Colour pick(Colour[] palette, double chance) {
        return palette[(int) (chance * palette.length)];
    }

    static Colour[] palette(int... rgb) {
        Colour[] colours = new Colour[rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            colours[i] = of(rgb[i]);
        }
        return colours;
    }
}
