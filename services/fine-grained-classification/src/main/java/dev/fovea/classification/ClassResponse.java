package dev.fovea.classification;

/// How much each position of the image speaks for a class.
///
/// @param index of the class
/// @param overlay the response as a heat map over the image
public record ClassResponse(int index, String label, Png overlay) {}
