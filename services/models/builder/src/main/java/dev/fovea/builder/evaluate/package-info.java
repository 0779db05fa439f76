/// Measuring models on a user's data: patch sequences, labelled folders, places with ground truth.
///
/// It changes no model and draws nothing a test asserts.
@NullMarked
package dev.fovea.builder.evaluate;

import org.jspecify.annotations.NullMarked;
