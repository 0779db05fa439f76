/// What retrieval asks of a vector index: versioned writes, search by inner product with metadata filters, scans.
///
/// It is not an engine; those are adapters of their own, and this package knows none of them.
@NullMarked
package dev.fovea.vectorindex;

import org.jspecify.annotations.NullMarked;
