package dev.fovea.imaging.preprocess;

import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.preprocess.Placement.Area;

/// An image scaled until its shorter side has a certain length, of which a part is cut out; whole numbers
/// only.
///
/// Source: torchvision `Resize(shorter)` with `CenterCrop` and `FiveCrop`: the longer side is rounded down;
/// the centre starts at `floor((scaled - wanted) / 2)`.
///
/// @param shorterPx length of the shorter side, at least the input's longer side
/// @param input size of the part
record Crop(int shorterPx, ImageSize input) {

    /// The longer side over the shorter beyond which an image is cut before it is scaled. A crop shows at
    /// most one shorter side of it, but scaled whole a line of pixels would become thousands of times as
    /// large.
    static final int LONGEST = 8;

    /// Which end of a side.
    enum End {
        /// Left or upper.
        START,
        MIDDLE,
        /// Right or lower.
        STOP
    }

    /// The part at these ends of the scaled image.
    ///
    /// Of an image longer than `LONGEST` shorter sides only as much is scaled, from the end that is shown on,
    /// so a corner is the true corner and its cost is that of an image of `LONGEST` shorter sides.
    Placement at(End horizontal, End vertical, ImageSize image) {
        var from = new Area(
                start(horizontal, image.widthPx(), part(image.widthPx(), image.heightPx())),
                start(vertical, image.heightPx(), part(image.heightPx(), image.widthPx())),
                part(image.widthPx(), image.heightPx()),
                part(image.heightPx(), image.widthPx()));
        int width = scaled(from.width(), Math.min(from.width(), from.height()));
        int height = scaled(from.height(), Math.min(from.width(), from.height()));
        var window = new Area(
                start(horizontal, width, input.widthPx()),
                start(vertical, height, input.heightPx()),
                input.widthPx(),
                input.heightPx());
        return new Placement(from, width, height, window, 0, 0, 0);
    }

    private static int start(End end, int side, int part) {
        return switch (end) {
            case START -> 0;
            case MIDDLE -> (side - part) / 2;
            case STOP -> side - part;
        };
    }

    private int scaled(int side, int imageShorter) {
        return Math.toIntExact((long) side * shorterPx / imageShorter);
    }

    /// What is kept of a side: an even number of pixels goes, so that the middle stays where it is.
    private static int part(int side, int other) {
        long most = (long) LONGEST * other;
        return side <= most ? side : (int) (most + (side - most) % 2);
    }
}
