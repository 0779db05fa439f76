/// Pictures of what was found in images: keypoints, and the matches of two views.
///
/// It computes nothing: keypoints, matches and homographies are given.
@NullMarked
package dev.fovea.local.drawing;

import org.jspecify.annotations.NullMarked;
