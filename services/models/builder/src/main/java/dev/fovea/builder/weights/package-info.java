/// Weight files as options of a command: which are read, and how their names are made to fit.
///
/// It reads no format itself; `dev.fovea.architectures.weights` does.
@NullMarked
package dev.fovea.builder.weights;

import org.jspecify.annotations.NullMarked;
