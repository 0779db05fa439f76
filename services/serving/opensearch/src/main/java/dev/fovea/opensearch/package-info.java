/// The vector index on an OpenSearch cluster, through its k-NN plugin: one index a collection.
///
/// It knows nothing of images or models.
@NullMarked
package dev.fovea.opensearch;

import org.jspecify.annotations.NullMarked;
