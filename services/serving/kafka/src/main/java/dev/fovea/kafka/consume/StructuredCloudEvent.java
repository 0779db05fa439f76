package dev.fovea.kafka.consume;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.kafka.Event;
import dev.fovea.kafka.form.EventForm;
import dev.fovea.kafka.form.Malformed;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/// A CloudEvent in structured mode: attributes and data in one JSON object.
///
/// Source: CloudEvents JSON event format 1.0.2. Data is read from `data_base64`, from `data` as the JSON of
/// the form's message, or from behind `dataref`, in this order.
record StructuredCloudEvent<E extends Event>(CloudEvent event, EventBody<E> body) {

    // The longest text: 48 MiB, base64 of the 20 MiB a record may have, with room for brokers set to more.
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(48 << 20)
                            .maxNestingDepth(64)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    /// @throws InvalidInput if the value is not such an object or carries no data
    static <E extends Event> StructuredCloudEvent<E> parse(EventForm<?, E> form, byte[] value) {
        JsonNode root = read(value);
        if (!root.isObject()) {
            throw Malformed.because(
                    "the CloudEvent is not a JSON object but",
                    root.getNodeType().name());
        }
        CloudEvent event = new CloudEvent(attributes(root)).checked();
        return new StructuredCloudEvent<>(event, body(form, root, event));
    }

    private static JsonNode read(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException notJson) {
            String message = notJson.getMessage();
            throw Malformed.because("the CloudEvent is not JSON", message == null ? "" : message);
        }
    }

    private static Map<String, String> attributes(JsonNode root) {
        Map<String, String> attributes = new TreeMap<>();
        root.properties().forEach(member -> {
            boolean isData =
                    member.getKey().startsWith("data_") || member.getKey().equals("data");
            if (!isData && member.getValue().isValueNode() && !member.getValue().isNull()) {
                attributes.put(member.getKey(), member.getValue().asText());
            }
        });
        return attributes;
    }

    private static <E extends Event> EventBody<E> body(EventForm<?, E> form, JsonNode root, CloudEvent event) {
        String mediaType = EventBody.mediaType(event.get("datacontenttype").orElse(""));
        JsonNode data = root.path("data");
        if (root.path("data_base64").isTextual()) {
            return EventBody.parse(
                    form, mediaType, decoded(root.path("data_base64").textValue()));
        }
        if (data.isObject() && (mediaType.isEmpty() || mediaType.equals("application/json"))) {
            return EventBody.ofJson(form, data.toString());
        }
        if (event.get("dataref").isPresent()) {
            return EventBody.reference(form, event.get("dataref").orElseThrow());
        }
        throw Malformed.because("the CloudEvent has no data_base64, no dataref and no data that is a JSON object");
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw Malformed.because("data_base64 is not base64", String.valueOf(notBase64.getMessage()));
        }
    }
}
