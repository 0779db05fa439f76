/// The list of all architectures: the one place that knows them all.
///
/// It builds nothing; adding an architecture is one package and one line here.
@NullMarked
package dev.fovea.architectures.registry;

import org.jspecify.annotations.NullMarked;
