/// The last steps of every command that makes a model: the recorded sample, and the file in the repository.
///
/// It changes nothing of what a model computes.
@NullMarked
package dev.fovea.builder.release;

import org.jspecify.annotations.NullMarked;
