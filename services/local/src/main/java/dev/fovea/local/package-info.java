/// Everything on one machine with one command: a broker, the model, the real service, images, and what comes of them.
///
/// It is not a way to deploy: one broker without replication, listening on the loopback address only.
@NullMarked
package dev.fovea.local;

import org.jspecify.annotations.NullMarked;
