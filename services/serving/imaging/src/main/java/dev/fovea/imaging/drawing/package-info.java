/// Pictures for people: strokes and text on a canvas, and two matched images side by side.
///
/// It finds nothing out: whoever draws brings keypoints, pairs and numbers.
@NullMarked
package dev.fovea.imaging.drawing;

import org.jspecify.annotations.NullMarked;
