/// What is in `docker/`: rules that hold for its files, and, where Docker is, images built and run. Not the chart,
/// except where both must say the same, or a pod of it is run.
@NullMarked
package dev.fovea.tests.chart.images;

import org.jspecify.annotations.NullMarked;
