/// Pickles of PyTorch checkpoints: an interpreter of the opcodes that builds dictionaries, lists and
/// references to tensors.
///
/// It runs nothing that a pickle names: what is not on the list of constructors is refused. It reads no
/// tensor's numbers.
@NullMarked
package dev.fovea.architectures.weights.pickle;

import org.jspecify.annotations.NullMarked;
