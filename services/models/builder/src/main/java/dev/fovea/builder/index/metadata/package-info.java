/// Metadata as people write it: `field=value`, CSV, JSON Lines, and back to text.
///
/// It declares no field: types are those of the collection.
@NullMarked
package dev.fovea.builder.index.metadata;

import org.jspecify.annotations.NullMarked;
