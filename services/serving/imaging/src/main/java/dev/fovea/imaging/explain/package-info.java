/// Pictures of why a model answered so: maps and points over the image, and images that a network made.
///
/// It computes no explanation, runs no model and knows no wire format.
@NullMarked
package dev.fovea.imaging.explain;

import org.jspecify.annotations.NullMarked;
