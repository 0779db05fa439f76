/// Decoded images and the one place that loads OpenCV.
///
/// It does not know models, requests or wire formats.
@NullMarked
package dev.fovea.imaging;

import org.jspecify.annotations.NullMarked;
