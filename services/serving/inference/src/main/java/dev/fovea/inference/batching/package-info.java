/// Dynamic batching: entries of many callers become batches for one model instance.
///
/// It does not load models and does not know what the numbers mean.
@NullMarked
package dev.fovea.inference.batching;

import org.jspecify.annotations.NullMarked;
