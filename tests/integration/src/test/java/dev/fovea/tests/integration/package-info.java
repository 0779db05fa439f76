/// The real service process against a real broker and real clients.
///
/// It starts nothing in its own JVM and mocks nothing.
@NullMarked
package dev.fovea.tests.integration;

import org.jspecify.annotations.NullMarked;
