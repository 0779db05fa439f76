/// A model's life from loading to stopped, and what the outside may know about it.
///
/// It does not decide when to batch.
@NullMarked
package dev.fovea.inference.lifecycle;

import org.jspecify.annotations.NullMarked;
