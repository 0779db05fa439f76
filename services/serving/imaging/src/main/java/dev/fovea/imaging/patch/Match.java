package dev.fovea.imaging.patch;

/// Row `query` of one descriptor set belongs to row `train` of the other, `distance` (L2) apart.
public record Match(int query, int train, float distance) {}
