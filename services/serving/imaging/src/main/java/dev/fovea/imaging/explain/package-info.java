/// Pictures of why a model answered so: maps and points over the image, and images that a network made; and the
/// last product of matrices where a model gives only the factors of such a map ([BilinearResponse]).
///
/// It runs no model and knows no wire format.
@NullMarked
package dev.fovea.imaging.explain;

import org.jspecify.annotations.NullMarked;
