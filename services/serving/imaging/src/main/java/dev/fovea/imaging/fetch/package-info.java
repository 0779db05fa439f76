/// Referenced images: bytes behind a URI, fetched only where configuration allows.
///
/// It does not decode them.
@NullMarked
package dev.fovea.imaging.fetch;

import org.jspecify.annotations.NullMarked;
