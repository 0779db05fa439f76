/// Results as CloudEvents, and the two ways of publishing them together with consumed offsets.
///
/// It does not decide when to commit or what to retry.
@NullMarked
package dev.fovea.kafka.publish;

import org.jspecify.annotations.NullMarked;
