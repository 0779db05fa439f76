/// What becomes of an event that will never succeed: its own bytes and headers, and the failure beside them.
///
/// It does not decide which failures are final.
@NullMarked
package dev.fovea.kafka.deadletter;

import org.jspecify.annotations.NullMarked;
