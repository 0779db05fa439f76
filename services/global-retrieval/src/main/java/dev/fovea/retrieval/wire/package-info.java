/// Mappings between this service's records and its messages that both entrances need.
/// No calls, no topics.
@NullMarked
package dev.fovea.retrieval.wire;

import org.jspecify.annotations.NullMarked;
