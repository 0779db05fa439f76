/// Programs that a machine may have or lack, and what stays unproven without them. Not what is tested with them.
@NullMarked
package dev.fovea.tests.chart.tool;

import org.jspecify.annotations.NullMarked;
