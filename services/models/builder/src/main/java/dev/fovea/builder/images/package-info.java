/// Folders of images, run through a model one batch after another.
///
/// It fits nothing and measures nothing; an image that cannot be read is named and left out.
@NullMarked
package dev.fovea.builder.images;

import org.jspecify.annotations.NullMarked;
