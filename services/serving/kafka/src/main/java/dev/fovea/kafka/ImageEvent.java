package dev.fovea.kafka;

import dev.fovea.inference.ImageSource;

/// One image to work on.
public record ImageEvent(EventEnvelope envelope, ImageSource source) implements Event {

    /// Without the source, which may be large.
    @Override
    public String toString() {
        return "image event " + id();
    }
}
