/// What an operator gets, checked without a cluster: the chart and the images. Not how a service answers; that is
/// `tests/integration`.
@NullMarked
package dev.fovea.tests.chart;

import org.jspecify.annotations.NullMarked;
