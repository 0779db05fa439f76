/// The golden files of the shared test data: inputs, and what the published code answers to them.
///
/// It builds no model and compares nothing.
@NullMarked
package dev.fovea.tests.support.golden;

import org.jspecify.annotations.NullMarked;
