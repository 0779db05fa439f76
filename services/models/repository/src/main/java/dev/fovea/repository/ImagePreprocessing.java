package dev.fovea.repository;

/// A whole image, brought to one size.
///
/// @param heightPx of the model's input
/// @param widthPx of the model's input
/// @param resize how an image of another size becomes one of this size
/// @param interpolation how pixels are found between pixels
/// @param channels order in which the model expects the colours
/// @param normalization what the network sees of a pixel
public record ImagePreprocessing(
        int heightPx,
        int widthPx,
        ResizeRule resize,
        Interpolation interpolation,
        ChannelOrder channels,
        PixelNormalization normalization)
        implements PreprocessingSpec {

    private static final int MAX_SIDE = 4096;

    /// How pixels are found between pixels.
    public enum Interpolation {
        NEAREST,
        BILINEAR,
        BICUBIC,
        /// Mean of the covered pixels, which does not alias when an image shrinks.
        AREA
    }

    /// Order of the colours in memory.
    public enum ChannelOrder {
        RGB,
        BGR
    }

    /// @throws IllegalArgumentException naming the value and its limit
    public ImagePreprocessing {
        requireSide("height", heightPx);
        requireSide("width", widthPx);
        if (resize instanceof ResizeRule.CropCentre(int shorterSidePx)) {
            requireSide("shorter side", shorterSidePx);
            if (shorterSidePx < Math.max(heightPx, widthPx)) {
                throw new IllegalArgumentException("a shorter side of " + shorterSidePx
                        + " px is less than the crop of " + widthPx + " x " + heightPx + " px");
            }
        }
    }

    private static void requireSide(String name, int sidePx) {
        if (sidePx < 1 || sidePx > MAX_SIDE) {
            throw new IllegalArgumentException(name + " " + sidePx + " px is outside 1 to " + MAX_SIDE);
        }
    }
}
