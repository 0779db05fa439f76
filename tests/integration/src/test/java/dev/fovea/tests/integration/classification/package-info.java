/// The kit of every service, run on fine-grained classification, and its answers compared with what ONNX Runtime and
/// the published code say of the same pixels.
///
/// It starts nothing in its own JVM and mocks nothing.
@NullMarked
package dev.fovea.tests.integration.classification;

import org.jspecify.annotations.NullMarked;
