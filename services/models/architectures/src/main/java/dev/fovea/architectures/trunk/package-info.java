/// Trunks: the part of a network that turns pixels into feature maps, shared by classifiers and embedders.
///
/// A trunk pools nothing and names no class; a head does.
@NullMarked
package dev.fovea.architectures.trunk;

import org.jspecify.annotations.NullMarked;
