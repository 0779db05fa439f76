package dev.fovea.retrieval;

import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.vectorindex.FieldType;
import dev.fovea.vectorindex.MetadataValue;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;

/// Metadata out of the attributes of events, which are texts.
public final class MetadataReading {

    private MetadataReading() {}

    /// The attributes that are declared as fields, read as their types; others are left out.
    ///
    /// @throws InvalidInput `FIELD_TYPE` if one cannot be read
    public static Map<String, MetadataValue> read(Map<String, FieldType> fields, Map<String, String> attributes) {
        Map<String, MetadataValue> metadata = new HashMap<>();
        fields.forEach((field, declared) -> {
            String text = attributes.get(field);
            if (text != null) {
                metadata.put(field, read(field, text, declared));
            }
        });
        return metadata;
    }

    private static MetadataValue read(String field, String text, FieldType declared) {
        try {
            return switch (declared) {
                case TEXT -> new MetadataValue.OfText(text);
                case NUMBER -> new MetadataValue.OfNumber(Double.parseDouble(text.strip()));
                case TIME -> new MetadataValue.OfTime(Instant.parse(text.strip()));
            };
        } catch (NumberFormatException | DateTimeParseException unreadable) {
            throw new InvalidInput(
                    "FIELD_TYPE",
                    "attribute \"" + field + "\" is \"" + text + "\", which is not " + form(declared)
                            + " as the collection declares",
                    text,
                    declared);
        }
    }

    private static String form(FieldType declared) {
        return switch (declared) {
            case TEXT -> "a text";
            case NUMBER -> "a decimal number";
            case TIME -> "an ISO 8601 instant such as 2026-07-31T12:00:00Z";
        };
    }
}
