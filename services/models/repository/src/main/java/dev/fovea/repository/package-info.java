/// The model repository: how a model on disk describes itself, written by `models/builder` and read by
/// `serving`.
///
/// It neither builds models nor runs them, and knows neither ONNX nor ONNX Runtime.
@NullMarked
package dev.fovea.repository;

import org.jspecify.annotations.NullMarked;
