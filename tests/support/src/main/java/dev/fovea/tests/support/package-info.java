/// Fixtures that several suites share: the repository's own folders, the shared test data, service processes.
///
/// It holds no assertion about the product, and no production code may depend on it.
@NullMarked
package dev.fovea.tests.support;

import org.jspecify.annotations.NullMarked;
