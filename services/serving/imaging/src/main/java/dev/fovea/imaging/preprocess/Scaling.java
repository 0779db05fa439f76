package dev.fovea.imaging.preprocess;

import dev.fovea.imaging.preprocess.Placement.Area;

/// A part of an image and the size it is scaled to; views with the same scaling share its pixels.
///
/// @param from of the image, pixels
/// @param width of `from` after scaling, pixels
/// @param height of `from` after scaling, pixels
record Scaling(Area from, int width, int height) {

    /// Whether nothing needs to be resampled.
    boolean keepsSize() {
        return from.width() == width && from.height() == height;
    }
}
