/// The command line `fovea`: builds models, says what a file is, and knows every command by its place.
///
/// It defines no network and serves nothing.
@NullMarked
package dev.fovea.builder;

import org.jspecify.annotations.NullMarked;
