/// Mappings between this service's records and its messages that both entrances need.
///
/// It calls nothing and knows no topic.
@NullMarked
package dev.fovea.retrieval.wire;

import org.jspecify.annotations.NullMarked;
