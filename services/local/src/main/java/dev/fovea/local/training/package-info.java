/// The models that the program makes for itself, by the commands of `fovea` that a user would give.
///
/// It is not a way of making models: nothing here is fitted or built but through [dev.fovea.builder.FoveaProgram].
@NullMarked
package dev.fovea.local.training;

import org.jspecify.annotations.NullMarked;
