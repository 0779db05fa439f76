package dev.fovea.architectures.bilinearcnn;

import dev.fovea.architectures.trunk.Trunk;

/// One feature extractor of a bilinear network; its last stage is what is pooled.
///
/// @param scope of its weights; empty for the root
record Stream(Trunk trunk, String scope) {}
