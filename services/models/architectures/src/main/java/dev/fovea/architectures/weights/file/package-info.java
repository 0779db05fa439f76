/// Weight files: PyTorch checkpoints (zip and legacy), safetensors and ONNX files as weight sources, and
/// safetensors written.
///
/// It runs nothing that is in a file and holds no numbers until a tensor is asked for; it knows no network.
@NullMarked
package dev.fovea.architectures.weights.file;

import org.jspecify.annotations.NullMarked;
