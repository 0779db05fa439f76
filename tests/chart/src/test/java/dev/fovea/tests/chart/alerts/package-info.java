/// When the chart's alerts fire: unit tests of theirs, as files that `promtool` reads. Not what an alert must say; that
/// is `rules`.
@NullMarked
package dev.fovea.tests.chart.alerts;

import org.jspecify.annotations.NullMarked;
