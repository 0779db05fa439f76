package dev.fovea.kafka;

import dev.fovea.inference.ImageSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One image to work on, however it was written on the topic. Immutable.
///
/// The `attributes` of a `fovea.v1.ImageEvent` and further extension attributes of a CloudEvent are for the
/// sender's own use: they are not read and not passed on, to services or into results. Dead letters keep them,
/// with the whole record.
public final class ImageEvent {

    private final String id;
    private final ImageSource source;
    private final @Nullable String traceparent;

    /// @param traceparent W3C trace context of the sender, null if it sent none
    public ImageEvent(String id, ImageSource source, @Nullable String traceparent) {
        this.id = id;
        this.source = source;
        this.traceparent = traceparent;
    }

    /// The event without its attributes.
    ///
    /// @param attributes not kept: they are the sender's own, see [ImageEvent]
    public ImageEvent(String id, ImageSource source, Map<String, String> attributes, @Nullable String traceparent) {
        this(id, source, traceparent);
    }

    /// The sender's id for the image; never empty.
    public String id() {
        return id;
    }

    public ImageSource source() {
        return source;
    }

    public Optional<String> traceparent() {
        return Optional.ofNullable(traceparent);
    }

    @Override
    public String toString() {
        return "image event " + id;
    }
}
