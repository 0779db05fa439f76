package dev.fovea.kafka.consume;

import dev.fovea.kafka.ImageEvent;

/// What a record asks for.
sealed interface ParsedEvent {

    record Image(ImageEvent event) implements ParsedEvent {}

    /// A record without a value.
    record Delete(String id) implements ParsedEvent {}
}
