/// Benchmarks as programs: each measures one thing against the real processes and prints a table and JSON.
///
/// They are no tests: nothing here passes or fails by a number, and nothing runs by default but a smoke test.
@NullMarked
package dev.fovea.tests.load;

import org.jspecify.annotations.NullMarked;
