/// Foreign models: an ONNX file of another maker, given a manifest and, if asked, an input of bytes and a head.
///
/// It trains nothing and changes no weight.
@NullMarked
package dev.fovea.builder.adopt;

import org.jspecify.annotations.NullMarked;
