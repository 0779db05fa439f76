/// Fitting to a user's images what needs no gradient descent through a network: projections, codebooks, heads.
///
/// It trains no trunk.
@NullMarked
package dev.fovea.builder.fit;

import org.jspecify.annotations.NullMarked;
