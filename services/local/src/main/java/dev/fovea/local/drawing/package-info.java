/// Pictures of what was found in one image: its keypoints, its classes.
///
/// It computes nothing: keypoints, scores and heat maps are given.
@NullMarked
package dev.fovea.local.drawing;

import org.jspecify.annotations.NullMarked;
