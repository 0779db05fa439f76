/// The kit of every service, run on global retrieval, and what only that promises: an index that holds
/// exactly what was committed or acknowledged, through crashes of the service and of a cluster's nodes.
///
/// It starts no engine in its own JVM and mocks nothing.
@NullMarked
package dev.fovea.tests.integration.retrieval;

import org.jspecify.annotations.NullMarked;
