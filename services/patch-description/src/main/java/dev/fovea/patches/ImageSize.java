package dev.fovea.patches;

/// Size of a decoded image, after EXIF orientation, pixels.
public record ImageSize(int widthPx, int heightPx) {}
