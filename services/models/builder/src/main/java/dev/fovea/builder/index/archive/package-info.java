/// The file of an exported collection.
///
/// It calls no service and reads no vector.
@NullMarked
package dev.fovea.builder.index.archive;

import org.jspecify.annotations.NullMarked;
