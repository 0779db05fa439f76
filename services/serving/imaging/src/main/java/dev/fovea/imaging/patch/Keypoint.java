package dev.fovea.imaging.patch;

/// A location in an image with its scale and orientation, in OpenCV's conventions.
///
/// Not validated here: it comes from requests, and whoever uses it says which one of a list is wrong.
///
/// @param x column of the centre, pixels; pixel centres are at integers
/// @param y row of the centre, pixels, downwards
/// @param size diameter, pixels
/// @param angleDegrees orientation, clockwise as seen on the screen (from +x towards +y); OpenCV's -1, "none", is
/// taken as 0
/// @param response strength, in the detector's own unit
public record Keypoint(float x, float y, float size, float angleDegrees, float response) {}
