/// Whole images to what an image model takes: resized, channels ordered, normalised where the model asks for
/// it.
///
/// It cuts no patches, decodes nothing and batches nothing.
@NullMarked
package dev.fovea.imaging.preprocess;

import org.jspecify.annotations.NullMarked;
