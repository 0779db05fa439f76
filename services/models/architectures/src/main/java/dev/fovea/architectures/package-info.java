/// Architectures by name: what options each takes, and how it becomes a graph with a manifest.
///
/// It runs nothing and never stands on the class path of a service.
@NullMarked
package dev.fovea.architectures;

import org.jspecify.annotations.NullMarked;
