package dev.fovea.classification;

/// A class and how likely it is.
///
/// @param index position among the model's scores, from 0
/// @param label the class's name; its index where the model has no labels
/// @param probability 0 to 1
public record ScoredLabel(int index, String label, float probability) {}
