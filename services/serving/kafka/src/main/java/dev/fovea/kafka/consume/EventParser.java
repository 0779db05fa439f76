package dev.fovea.kafka.consume;

import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.kafka.Event;
import dev.fovea.kafka.EventEnvelope;
import dev.fovea.kafka.EventPosition;
import dev.fovea.kafka.form.EventForm;
import dev.fovea.kafka.form.Malformed;
import dev.fovea.kafka.publish.NamedUuid;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Reads records as events of one form. Stateless; any thread.
///
/// | content-type | CloudEvents headers | the value is |
/// |---|---|---|
/// | `image/*` | with or without | the file itself |
/// | `application/protobuf`, `application/json` | with or without | the form's message, `fovea.v1.ImageEvent` for one |
/// | `application/cloudevents+json` | – | attributes and data in one JSON object |
/// | none, `application/octet-stream` | with or without | the file itself, by its first bytes |
/// | any | with `ce_dataref` and no value | behind the reference |
/// | any | no value otherwise | a delete, if the form has them |
record EventParser<E extends Event>(EventForm<?, E> form) {

    private static final String STRUCTURED = "application/cloudevents";

    /// @throws InvalidInput with code `EVENT_MALFORMED`, and nothing else, whatever the bytes
    ParsedEvent<E> parse(ConsumerRecord<byte[], byte[]> input) {
        RecordHeaders headers = new RecordHeaders(input.headers());
        byte[] value = input.value();
        String mediaType = EventBody.mediaType(headers.get("content-type").orElse(""));
        if (value != null && mediaType.startsWith(STRUCTURED)) {
            return structured(input, value, mediaType, headers);
        }
        Optional<CloudEvent> cloudEvent = CloudEvent.inHeaders(headers);
        Optional<String> reference = cloudEvent.flatMap(event -> event.get("dataref"));
        if (value == null && reference.isEmpty()) {
            return delete(envelope(input, headers, cloudEvent, "", Map.of()));
        }
        EventBody<E> body = value == null || (value.length == 0 && reference.isPresent())
                ? EventBody.reference(form, reference.orElseThrow())
                : EventBody.parse(form, mediaType, value);
        return asked(input, headers, cloudEvent, body);
    }

    private ParsedEvent<E> structured(
            ConsumerRecord<byte[], byte[]> input, byte[] value, String mediaType, RecordHeaders headers) {
        if (!mediaType.equals(STRUCTURED + "+json")) {
            throw Malformed.because("of CloudEvents in structured mode only the JSON format is read, not", mediaType);
        }
        StructuredCloudEvent<E> parsed = StructuredCloudEvent.parse(form, value);
        return asked(input, headers, Optional.of(parsed.event()), parsed.body());
    }

    private ParsedEvent<E> delete(EventEnvelope envelope) {
        if (!form.hasDeletes()) {
            throw Malformed.because("the record has no value, which " + EventBody.name(form) + " needs");
        }
        return new ParsedEvent.Delete<>(envelope);
    }

    private ParsedEvent<E> asked(
            ConsumerRecord<byte[], byte[]> input,
            RecordHeaders headers,
            Optional<CloudEvent> cloudEvent,
            EventBody<E> body) {
        EventEnvelope envelope = envelope(input, headers, cloudEvent, body.id(), body.attributes());
        return new ParsedEvent.Asked<>(body.event().apply(envelope));
    }

    private static EventEnvelope envelope(
            ConsumerRecord<byte[], byte[]> input,
            RecordHeaders headers,
            Optional<CloudEvent> cloudEvent,
            String ownId,
            Map<String, String> ownAttributes) {
        Map<String, String> attributes =
                new HashMap<>(cloudEvent.map(CloudEvent::extensions).orElse(Map.of()));
        attributes.putAll(ownAttributes);
        return new EventEnvelope(
                id(input, ownId, cloudEvent),
                new EventPosition(input.topic(), input.partition(), input.offset(), input.timestamp()),
                attributes,
                headers.get("traceparent").or(() -> cloudEvent.flatMap(event -> event.get("traceparent"))));
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
