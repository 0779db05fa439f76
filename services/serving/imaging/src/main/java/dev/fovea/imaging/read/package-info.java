/// The decode stage: from where the image of a request is to its pixels, with the core that may work on them.
///
/// It neither fetches nor decodes itself: `fetch` and `decode` do.
@NullMarked
package dev.fovea.imaging.read;

import org.jspecify.annotations.NullMarked;
