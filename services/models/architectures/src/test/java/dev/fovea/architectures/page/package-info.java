/// The figures and the picture of `ARCHITECTURES.md`, made from the networks themselves.
///
/// It writes no prose: what stands between the generated tables is written by hand.
@NullMarked
package dev.fovea.architectures.page;

import org.jspecify.annotations.NullMarked;
