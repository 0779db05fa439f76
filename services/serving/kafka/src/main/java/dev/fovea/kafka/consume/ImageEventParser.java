package dev.fovea.kafka.consume;

import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.kafka.ImageEvent;
import dev.fovea.kafka.publish.NamedUuid;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Tells the forms of an image event apart. Stateless; any thread.
///
/// | content-type | CloudEvents headers | the value is |
/// |---|---|---|
/// | `image/*` | with or without | the file itself |
/// | `application/protobuf`, `application/json` | with or without | `fovea.v1.ImageEvent` |
/// | `application/cloudevents+json` | – | attributes and data in one JSON object |
/// | none, `application/octet-stream` | with or without | the file itself, by its first bytes |
/// | any | with `ce_dataref` and no value | behind the reference |
/// | any | no value otherwise | a delete |
final class ImageEventParser {

    private static final String STRUCTURED = "application/cloudevents";

    private ImageEventParser() {}

    /// @throws InvalidInput with code `EVENT_MALFORMED`, and nothing else, whatever the bytes
    static ParsedEvent parse(ConsumerRecord<byte[], byte[]> input) {
        RecordHeaders headers = new RecordHeaders(input.headers());
        byte[] value = input.value();
        String mediaType = EventBody.mediaType(headers.get("content-type").orElse(""));
        if (value != null && mediaType.startsWith(STRUCTURED)) {
            return structured(input, value, mediaType, headers);
        }
        Optional<CloudEvent> cloudEvent = CloudEvent.inHeaders(headers);
        Optional<String> reference = cloudEvent.flatMap(event -> event.get("dataref"));
        if (value == null && reference.isEmpty()) {
            return new ParsedEvent.Delete(id(input, "", cloudEvent), traceparent(headers, cloudEvent));
        }
        EventBody body = value == null || (value.length == 0 && reference.isPresent())
                ? EventBody.reference(reference.orElseThrow())
                : EventBody.parse(mediaType, value);
        return image(input, headers, cloudEvent, body);
    }

    private static ParsedEvent structured(
            ConsumerRecord<byte[], byte[]> input, byte[] value, String mediaType, RecordHeaders headers) {
        if (!mediaType.equals(STRUCTURED + "+json")) {
            throw Malformed.because("of CloudEvents in structured mode only the JSON format is read, not", mediaType);
        }
        StructuredCloudEvent parsed = StructuredCloudEvent.parse(value);
        return image(input, headers, Optional.of(parsed.event()), parsed.body());
    }

    private static ParsedEvent image(
            ConsumerRecord<byte[], byte[]> input,
            RecordHeaders headers,
            Optional<CloudEvent> cloudEvent,
            EventBody body) {
        return new ParsedEvent.Image(new ImageEvent(
                id(input, body.id(), cloudEvent),
                body.source(),
                traceparent(headers, cloudEvent).orElse(null)));
    }

    private static Optional<String> traceparent(RecordHeaders headers, Optional<CloudEvent> cloudEvent) {
        return headers.get("traceparent").or(() -> cloudEvent.flatMap(event -> event.get("traceparent")));
    }

    /// What to call a record that is no event, by its key and headers alone; nothing escapes, whatever the bytes.
    static EventName nameOfUnread(ConsumerRecord<byte[], byte[]> input) {
        RecordHeaders headers = new RecordHeaders(input.headers());
        byte[] key = input.key();
        String id = key != null && key.length > 0
                ? new String(key, StandardCharsets.UTF_8)
                : headers.get("ce_subject").or(() -> headers.get("ce_id")).orElseGet(() -> idOfPlace(input));
        return EventName.of(id, headers.get("traceparent").or(() -> headers.get("ce_traceparent")));
    }

    /// The message's own id, else the key, else what the CloudEvent is about or is called, else the record's place.
    private static String id(ConsumerRecord<byte[], byte[]> input, String ownId, Optional<CloudEvent> cloudEvent) {
        if (!ownId.isEmpty()) {
            return ownId;
        }
        byte[] key = input.key();
        if (key != null && key.length > 0) {
            return EventBody.utf8(key, "the key");
        }
        return cloudEvent
                .flatMap(event -> event.get("subject").or(() -> event.get("id")))
                .orElseGet(() -> idOfPlace(input));
    }

    private static String idOfPlace(ConsumerRecord<byte[], byte[]> input) {
        String place = input.topic() + "-" + input.partition() + "-" + input.offset();
        return NamedUuid.of(place).toString();
    }
}
