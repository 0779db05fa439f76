/// Whether an API server would take a document, told without one: by classes generated from its interface, by the
/// definitions of custom resources, and by what it checks besides. Not whether the document is wise; that is `rules`.
@NullMarked
package dev.fovea.tests.chart.validate;

import org.jspecify.annotations.NullMarked;
