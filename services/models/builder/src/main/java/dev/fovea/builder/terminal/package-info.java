/// What commands print while and after they work: progress and tables.
///
/// It computes nothing and knows no model.
@NullMarked
package dev.fovea.builder.terminal;

import org.jspecify.annotations.NullMarked;
