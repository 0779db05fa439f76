/// The kit of every service, run on patch description, and what only that promises.
///
/// It starts nothing in its own JVM and mocks nothing.
@NullMarked
package dev.fovea.tests.integration.patches;

import org.jspecify.annotations.NullMarked;
