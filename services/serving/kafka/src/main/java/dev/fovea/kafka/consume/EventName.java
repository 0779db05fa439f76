package dev.fovea.kafka.consume;

import dev.fovea.kafka.publish.TraceParent;
import java.util.Optional;

/// What an event is called in log lines.
///
/// @param trace id of the sender's trace, empty if it sent none
record EventName(String id, String trace) {

    static EventName of(String id, Optional<String> traceparent) {
        return new EventName(
                id,
                traceparent
                        .flatMap(TraceParent::parse)
                        .map(TraceParent::traceId)
                        .orElse(""));
    }
}
