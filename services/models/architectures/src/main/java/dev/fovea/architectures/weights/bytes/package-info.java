/// Bytes: ranges of a file, read on demand, and the numbers that stand in them.
///
/// It allocates no more than a caller's bounded buffer; it knows no file format.
@NullMarked
package dev.fovea.architectures.weights.bytes;

import org.jspecify.annotations.NullMarked;
