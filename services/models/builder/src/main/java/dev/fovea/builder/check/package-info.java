/// The command that has a running service prove that it answers.
///
/// It measures nothing: whether answers are good, `fovea evaluate` says.
@NullMarked
package dev.fovea.builder.check;

import org.jspecify.annotations.NullMarked;
