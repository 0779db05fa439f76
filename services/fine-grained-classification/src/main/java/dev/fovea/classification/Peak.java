package dev.fovea.classification;

/// A place where the class responses that decide are largest.
///
/// @param x pixels of the decoded image, the centre of the upper left pixel is (0, 0); outside the image where the
///     model looked at what an image was padded with
/// @param y as x
/// @param score decision map there, above 0, up to 1
public record Peak(float x, float y, float score) {}
