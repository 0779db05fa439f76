package dev.fovea.imaging;

/// Size of a decoded image, after EXIF orientation, pixels.
public record ImageSize(int widthPx, int heightPx) {}
