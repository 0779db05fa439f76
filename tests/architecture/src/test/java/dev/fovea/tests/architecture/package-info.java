/// The architecture's dependency rules, read from the compiled classes.
///
/// It tests no behaviour.
@NullMarked
package dev.fovea.tests.architecture;

import org.jspecify.annotations.NullMarked;
