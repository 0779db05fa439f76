/// The distributed index on a real cluster of three nodes: the kit of vector indexes, and what only a cluster can do.
///
/// Nothing of a service runs here.
@NullMarked
package dev.fovea.tests.integration.opensearch;

import org.jspecify.annotations.NullMarked;
