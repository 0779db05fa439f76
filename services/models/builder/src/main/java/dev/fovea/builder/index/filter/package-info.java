/// The filter language of the command line.
///
/// It knows no collection: whether a field is declared and of that type is the service's answer.
@NullMarked
package dev.fovea.builder.index.filter;

import org.jspecify.annotations.NullMarked;
