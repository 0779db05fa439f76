/// Layers that several architectures share, one record each, hyper-parameters as components.
///
/// It holds no weights and no network: a network names its layers in its own package.
@NullMarked
package dev.fovea.architectures.layers;

import org.jspecify.annotations.NullMarked;
