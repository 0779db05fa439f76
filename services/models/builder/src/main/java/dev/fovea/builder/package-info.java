/// The command line `fovea`: builds models into a model repository and says what a model file is.
///
/// It defines no network and serves nothing.
@NullMarked
package dev.fovea.builder;

import org.jspecify.annotations.NullMarked;
