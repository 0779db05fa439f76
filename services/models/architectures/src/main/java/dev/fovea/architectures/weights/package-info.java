/// Weights: where a network's numbers come from, and the account of which were used.
///
/// It reads files and runs nothing that is in them; it knows no network.
@NullMarked
package dev.fovea.architectures.weights;

import org.jspecify.annotations.NullMarked;
