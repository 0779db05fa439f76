package dev.fovea.kafka.consume;

import dev.fovea.kafka.ImageEvent;
import java.util.Optional;

/// What a record asks for.
sealed interface ParsedEvent {

    String id();

    /// The sender's trace context, if it sent one.
    Optional<String> traceparent();

    record Image(ImageEvent event) implements ParsedEvent {

        @Override
        public String id() {
            return event.id();
        }

        @Override
        public Optional<String> traceparent() {
            return event.traceparent();
        }
    }

    /// A record without a value.
    record Delete(String id, Optional<String> traceparent) implements ParsedEvent {}
}
