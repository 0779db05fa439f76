/// Every architecture, run as it is served, against the answers of its published code.
///
/// It measures no speed, and knows no service.
@NullMarked
package dev.fovea.tests.parity;

import org.jspecify.annotations.NullMarked;
