package dev.fovea.imaging.drawing;

/// A place on a canvas or in an image, pixels; pixel centres are at integers.
public record Point(double x, double y) {}
