/// What can only be known on a GPU: that it gives the processor's answers, how fast it is, and that its memory stays
/// flat. A program for a plain class path, and the same as tests where there is a device.
///
/// It knows no service and no entrance.
@NullMarked
package dev.fovea.tests.gpu;

import org.jspecify.annotations.NullMarked;
