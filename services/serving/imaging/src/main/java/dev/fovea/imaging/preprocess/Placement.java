package dev.fovea.imaging.preprocess;

import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.preprocess.Crop.End;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ResizeRule;

/// Where the pixels of an image come to lie in the model's input; whole numbers only.
///
/// The part `from` of the image is scaled to the size of `scaled`; then `window` of the scaled image is
/// copied to (`atX`, `atY`) of the input, whose other pixels are `grey`.
///
/// @param from of the image, pixels
/// @param scaledWidth of `from` after scaling
/// @param scaledHeight of `from` after scaling
/// @param window of the scaled image, what is kept
/// @param atX column of the input where the window's left edge comes to lie
/// @param atY row of the input where the window's upper edge comes to lie
/// @param grey of the input's other pixels, 0 to 255
record Placement(Area from, int scaledWidth, int scaledHeight, Area window, int atX, int atY, int grey) {

    /// A rectangle, pixels.
    record Area(int x, int y, int width, int height) {}

    /// Where the window comes to lie in the input.
    Area at() {
        return new Area(atX, atY, window.width(), window.height());
    }

    /// Whether the window covers an input of this size.
    boolean fills(int width, int height) {
        return window.width() == width && window.height() == height;
    }

    Scaling scaling() {
        return new Scaling(from, scaledWidth, scaledHeight);
    }

    /// As the manifest says.
    static Placement of(ImagePreprocessing preprocessing, ImageSize image) {
        int width = image.widthPx();
        int height = image.heightPx();
        int targetWidth = preprocessing.widthPx();
        int targetHeight = preprocessing.heightPx();
        return switch (preprocessing.resize()) {
            case ResizeRule.Stretch _ ->
                new Placement(
                        new Area(0, 0, width, height),
                        targetWidth,
                        targetHeight,
                        new Area(0, 0, targetWidth, targetHeight),
                        0,
                        0,
                        0);
            case ResizeRule.CropCentre(int shorter) ->
                new Crop(shorter, new ImageSize(targetWidth, targetHeight)).at(End.MIDDLE, End.MIDDLE, image);
            case ResizeRule.Pad(int grey) -> padded(width, height, targetWidth, targetHeight, grey);
        };
    }

    private static Placement padded(int width, int height, int targetWidth, int targetHeight, int grey) {
        boolean wide = (long) width * targetHeight >= (long) height * targetWidth;
        int scaledWidth = wide ? targetWidth : rounded(width, targetHeight, height);
        int scaledHeight = wide ? rounded(height, targetWidth, width) : targetHeight;
        return new Placement(
                new Area(0, 0, width, height),
                scaledWidth,
                scaledHeight,
                new Area(0, 0, scaledWidth, scaledHeight),
                (targetWidth - scaledWidth) / 2,
                (targetHeight - scaledHeight) / 2,
                grey);
    }

    /// `side * to / of`, halves rounded up, at least one pixel.
    private static int rounded(int side, int to, int of) {
        return (int) Math.max(1, (2L * side * to + of) / (2L * of));
    }
}
