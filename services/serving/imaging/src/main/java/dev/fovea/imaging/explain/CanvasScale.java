package dev.fovea.imaging.explain;

import dev.fovea.imaging.ImageSize;

/// How an image lies on a smaller canvas; centres of pixels at integers on both.
record CanvasScale(ImageSize image, ImageSize canvas) {

    /// Reduced until the longer side has at most this many pixels, never enlarged; the shorter side has at
    /// least one.
    static CanvasScale reduced(ImageSize image, int maxSidePx) {
        int longer = Math.max(image.widthPx(), image.heightPx());
        if (longer <= maxSidePx) {
            return new CanvasScale(image, image);
        }
        return new CanvasScale(
                image,
                new ImageSize(
                        reduced(image.widthPx(), maxSidePx, longer), reduced(image.heightPx(), maxSidePx, longer)));
    }

    private static int reduced(int side, int maxSidePx, int longer) {
        return (int) Math.max(1, Math.round((double) side * maxSidePx / longer));
    }

    double imageX(double canvasX) {
        return (canvasX + 0.5) * image.widthPx() / canvas.widthPx() - 0.5;
    }

    double imageY(double canvasY) {
        return (canvasY + 0.5) * image.heightPx() / canvas.heightPx() - 0.5;
    }

    double canvasX(double imageX) {
        return (imageX + 0.5) * canvas.widthPx() / image.widthPx() - 0.5;
    }

    double canvasY(double imageY) {
        return (imageY + 0.5) * canvas.heightPx() / image.heightPx() - 0.5;
    }
}
