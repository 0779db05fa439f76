/// The life of a release, by Helm itself against a stand-in for a cluster's API server. It shows what Helm sends and
/// keeps; not what controllers, admission or a scheduler would make of it.
@NullMarked
package dev.fovea.tests.chart.release;

import org.jspecify.annotations.NullMarked;
