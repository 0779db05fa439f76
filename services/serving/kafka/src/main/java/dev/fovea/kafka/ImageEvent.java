package dev.fovea.kafka;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One image to work on, however it was written on the topic. Immutable.
public final class ImageEvent {

    private final String id;
    private final ImageSource source;
    private final Map<String, String> attributes;
    private final @Nullable String traceparent;

    /// @param traceparent W3C trace context of the sender, null if it sent none
    public ImageEvent(String id, ImageSource source, Map<String, String> attributes, @Nullable String traceparent) {
        this.id = id;
        this.source = source;
        this.attributes = Map.copyOf(attributes);
        this.traceparent = traceparent;
    }

    /// The sender's id for the image; never empty.
    public String id() {
        return id;
    }

    public ImageSource source() {
        return source;
    }

    /// What the sender added: the message's `attributes`, or the extension attributes of a CloudEvent.
    public Map<String, String> attributes() {
        return attributes;
    }

    public Optional<String> traceparent() {
        return Optional.ofNullable(traceparent);
    }

    @Override
    public String toString() {
        return "image event " + id;
    }
}
