/// The vector index on Lucene, inside the process: one folder and one writer a collection.
///
/// It knows nothing of images or models.
@NullMarked
package dev.fovea.lucene;

import org.jspecify.annotations.NullMarked;
