/// `fovea evaluate patches`: HPatches' three tasks and estimated homographies, over image sequences of one
/// plane.
///
/// It trains nothing, and its figures are not comparable with published ones: the images are others.
@NullMarked
package dev.fovea.builder.evaluate.patches;

import org.jspecify.annotations.NullMarked;
