package dev.fovea.local.scene;

/// What a surface is like at one place.
///
/// @param height above the surface, in texture pixels; only its slope shows, as light and shade
record Texel(Colour colour, double height) {

    Texel covered(Texel upper, double opacity) {
        double share = Math.clamp(opacity, 0, 1);
        return new Texel(colour.mix(upper.colour, share), height + share * (upper.height - height));
    }

    Texel darkened(double factor) {
        return new Texel(colour.times(factor), height);
    }
}
