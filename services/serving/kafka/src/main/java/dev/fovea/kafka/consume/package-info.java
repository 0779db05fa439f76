/// The consumer loop: poll, hand out, collect in input order, commit; and what it decides on the way.
///
/// It does not write records itself; `publish` and `deadletter` do.
@NullMarked
package dev.fovea.kafka.consume;

import org.jspecify.annotations.NullMarked;
