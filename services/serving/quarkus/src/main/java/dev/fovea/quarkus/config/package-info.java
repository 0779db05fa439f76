/// The configuration keys that every service shares, each with unit, range and default, and the check at start.
///
/// It holds no values of its own and creates nothing.
@NullMarked
package dev.fovea.quarkus.config;

import org.jspecify.annotations.NullMarked;
