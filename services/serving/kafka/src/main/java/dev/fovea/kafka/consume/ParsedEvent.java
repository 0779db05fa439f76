package dev.fovea.kafka.consume;

import dev.fovea.kafka.Event;
import dev.fovea.kafka.EventEnvelope;

/// What a record asks for.
sealed interface ParsedEvent<E extends Event> {

    EventEnvelope envelope();

    /// An answer.
    record Asked<E extends Event>(E event) implements ParsedEvent<E> {

        @Override
        public EventEnvelope envelope() {
            return event.envelope();
        }
    }

    /// To forget something: a record without a value.
    record Delete<E extends Event>(EventEnvelope envelope) implements ParsedEvent<E> {}
}
