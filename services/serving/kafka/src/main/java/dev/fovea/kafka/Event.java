package dev.fovea.kafka;

import java.util.Map;
import java.util.Optional;

/// One thing to answer, however it was written on its topic. Immutable.
public interface Event {

    EventEnvelope envelope();

    /// The sender's id; never empty.
    default String id() {
        return envelope().id();
    }

    /// Where the event lies.
    default EventPosition position() {
        return envelope().position();
    }

    /// The sender's own words about it, see [EventEnvelope].
    default Map<String, String> attributes() {
        return envelope().attributes();
    }

    default Optional<String> traceparent() {
        return envelope().traceparent();
    }
}
