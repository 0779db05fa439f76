package dev.fovea.kafka.form;

import com.google.protobuf.Message;
import dev.fovea.inference.ImageSource;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.kafka.Event;
import dev.fovea.kafka.EventEnvelope;
import java.util.Map;

/// How values of one topic become events: of a protobuf message, or of a bare image. Stateless; any thread.
///
/// @param <M> the message in values of the types protobuf and JSON
/// @param <E> what both become
public interface EventForm<M extends Message, E extends Event> {

    /// The message without any field, from which its type is known.
    M prototype();

    /// The id that a message gives itself, empty if none.
    String id(M message);

    /// The attributes that a message gives itself.
    default Map<String, String> attributes(M message) {
        return Map.of();
    }

    /// @throws InvalidInput with the code of [Malformed] if the message is no event
    E event(EventEnvelope envelope, M message);

    /// The event that an image file or a reference to one stands for.
    E event(EventEnvelope envelope, ImageSource image);

    /// Whether a record without a value deletes what has its id; otherwise it is malformed.
    boolean hasDeletes();
}
