package dev.fovea.retrieval.wire;

import com.google.protobuf.Timestamp;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.vectorindex.MetadataValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/// Metadata to its messages and back; whether a collection declares it is for the port to say.
public final class MetadataMapping {
    private MetadataMapping() {}

    /// @throws InvalidInput `FIELD_VALUE` if one has no value
    public static Map<String, MetadataValue> metadata(Map<String, dev.fovea.proto.v1.MetadataValue> messages) {
        return messages.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, field -> value(field.getKey(), field.getValue())));
    }

    public static Map<String, dev.fovea.proto.v1.MetadataValue> messages(Map<String, MetadataValue> metadata) {
        return metadata.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, field -> message(field.getValue())));
    }

    /// @throws InvalidInput `FIELD_VALUE` if there is none
    static MetadataValue value(String field, dev.fovea.proto.v1.MetadataValue message) {
        return switch (message.getValueCase()) {
            case TEXT -> new MetadataValue.OfText(message.getText());
            case NUMBER -> new MetadataValue.OfNumber(message.getNumber());
            case TIME -> new MetadataValue.OfTime(instant(field, message.getTime()));
            case VALUE_NOT_SET ->
                throw new InvalidInput(
                        "FIELD_VALUE", "field \"" + field + "\" has no value", "", "text, number or time");
        };
    }

    private static dev.fovea.proto.v1.MetadataValue message(MetadataValue value) {
        var message = dev.fovea.proto.v1.MetadataValue.newBuilder();
        return switch (value) {
            case MetadataValue.OfText(String text) -> message.setText(text).build();
            case MetadataValue.OfNumber(double number) ->
                message.setNumber(number).build();
            case MetadataValue.OfTime(Instant time) ->
                message.setTime(Timestamp.newBuilder()
                                .setSeconds(time.getEpochSecond())
                                .setNanos(time.getNano()))
                        .build();
        };
    }

    private static Instant instant(String field, Timestamp time) {
        try {
            return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
        } catch (DateTimeException | ArithmeticException outside) {
            throw new InvalidInput(
                    "FIELD_VALUE",
                    "field \"" + field + "\" is " + time.getSeconds() + " s since 1970, which is no time",
                    time.getSeconds(),
                    Instant.MIN.getEpochSecond() + " to " + Instant.MAX.getEpochSecond());
        }
    }
}
