/// Sample scenes painted by the program itself, and views of them whose true homographies are known.
///
/// It is not a renderer for anything else: no scene is loaded, none is three-dimensional.
@NullMarked
package dev.fovea.local.scene;

import org.jspecify.annotations.NullMarked;
