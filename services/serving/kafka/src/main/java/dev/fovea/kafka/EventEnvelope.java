package dev.fovea.kafka;

import java.util.Map;
import java.util.Optional;

/// What is known of every event, whatever it is about.
///
/// @param id the sender's; never empty
/// @param attributes of the message, and the extension attributes of a CloudEvent (whose names are in lower case);
///     where both have a name, the message's
/// @param traceparent W3C trace context of the sender, if it sent one
public record EventEnvelope(
        String id, EventPosition position, Map<String, String> attributes, Optional<String> traceparent) {

    public EventEnvelope {
        attributes = Map.copyOf(attributes);
    }

    /// Of an event without attributes and trace.
    public EventEnvelope(String id, EventPosition position) {
        this(id, position, Map.of(), Optional.empty());
    }
}
