package dev.fovea.imaging.preprocess;

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

    /// The longer side over the shorter beyond which a crop's image is cut before it is scaled. The crop
    /// shows at most one shorter side of it, but scaled whole a line of pixels would become thousands of
    /// times as large.
    static final int LONGEST = 8;

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

    /// Whether nothing needs to be resampled.
    boolean keepsSize() {
        return from.width() == scaledWidth && from.height() == scaledHeight;
    }

    static Placement of(ImagePreprocessing preprocessing, int width, int height) {
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
                cropped(middle(width, height), shorter, targetWidth, targetHeight);
            case ResizeRule.Pad(int grey) -> padded(width, height, targetWidth, targetHeight, grey);
        };
    }

    private static Placement cropped(Area from, int shorter, int targetWidth, int targetHeight) {
        int width = scaled(from.width(), shorter, Math.min(from.width(), from.height()));
        int height = scaled(from.height(), shorter, Math.min(from.width(), from.height()));
        var window = new Area((width - targetWidth) / 2, (height - targetHeight) / 2, targetWidth, targetHeight);
        return new Placement(from, width, height, window, 0, 0, 0);
    }

    /// As torchvision does it: the longer side is rounded down.
    private static int scaled(int side, int shorter, int imageShorter) {
        return Math.toIntExact((long) side * shorter / imageShorter);
    }

    private static Area middle(int width, int height) {
        int partWidth = part(width, height);
        int partHeight = part(height, width);
        return new Area((width - partWidth) / 2, (height - partHeight) / 2, partWidth, partHeight);
    }

    /// What is kept of a side: an even number of pixels goes, so that the middle stays where it is.
    private static int part(int side, int other) {
        long most = (long) LONGEST * other;
        return side <= most ? side : (int) (most + (side - most) % 2);
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
