/// The chart's values as a table: made from the comments of `values.yaml`, kept in the chart's README.
///
/// Whether values are sensible is not looked at here.
@NullMarked
package dev.fovea.tests.chart.values;

import org.jspecify.annotations.NullMarked;
