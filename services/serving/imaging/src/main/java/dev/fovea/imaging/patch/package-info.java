/// Local geometry: keypoints, the patches around them, matching of their descriptors, the homography of two views.
///
/// It does not compute descriptors; models do.
@NullMarked
package dev.fovea.imaging.patch;

import org.jspecify.annotations.NullMarked;
