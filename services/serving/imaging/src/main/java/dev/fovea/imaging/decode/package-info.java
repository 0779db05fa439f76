/// Encoded bytes of a stranger to an [dev.fovea.imaging.Image], within limits checked on the header first.
///
/// It does not fetch anything and does not resize.
@NullMarked
package dev.fovea.imaging.decode;

import org.jspecify.annotations.NullMarked;
