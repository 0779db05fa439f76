/// The command line `fovea`: builds and adopts models, says what a file is, and names the commands of other packages.
///
/// It defines no network and serves nothing.
@NullMarked
package dev.fovea.builder;

import org.jspecify.annotations.NullMarked;
