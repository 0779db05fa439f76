/// Asks Helm itself what the chart becomes: documents, notes, lint messages and refusals. Not what is right about them;
/// that is `validate` and `rules`.
@NullMarked
package dev.fovea.tests.chart.render;

import org.jspecify.annotations.NullMarked;
