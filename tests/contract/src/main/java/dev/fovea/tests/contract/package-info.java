/// Contract kits: abstract tests that every implementation of a port must pass.
///
/// It holds no implementation; each kit is run where an implementation's module and this one meet.
@NullMarked
package dev.fovea.tests.contract;

import org.jspecify.annotations.NullMarked;
