/// The contact sheet: a query and its answers in one picture.
///
/// It searches nothing and draws no match itself; pictures of matches come from the service.
@NullMarked
package dev.fovea.builder.index.sheet;

import org.jspecify.annotations.NullMarked;
