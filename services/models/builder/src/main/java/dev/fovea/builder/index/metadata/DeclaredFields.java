package dev.fovea.builder.index.metadata;

import dev.fovea.proto.v1.Collection;
import dev.fovea.proto.v1.FieldType;
import dev.fovea.proto.v1.MetadataValue;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The metadata fields that a collection declares; text becomes a value of the declared type.
public record DeclaredFields(String collection, Map<String, FieldType> types) {

    public DeclaredFields {
        types = new TreeMap<>(types);
    }

    public static DeclaredFields of(Collection collection) {
        return new DeclaredFields(collection.getName(), collection.getFieldsMap());
    }

    /// @throws IllegalArgumentException if the field is not declared, or the text is not of its type
    public MetadataValue parse(String field, String text) {
        return switch (type(field)) {
            case FIELD_TYPE_NUMBER -> number(field, text);
            case FIELD_TYPE_TIME -> time(field, text);
            default -> MetadataValue.newBuilder().setText(text).build();
        };
    }

    /// `price (number), taken (time)`.
    public String described() {
        return types.isEmpty()
                ? "no field"
                : types.entrySet().stream()
                        .map(field -> field.getKey() + " (" + word(field.getValue()) + ")")
                        .collect(Collectors.joining(", "));
    }

    /// `number`.
    public static String word(FieldType type) {
        return type.name().replace("FIELD_TYPE_", "").toLowerCase(Locale.ROOT);
    }

    private FieldType type(String field) {
        return Optional.ofNullable(types.get(field))
                .orElseThrow(() -> new IllegalArgumentException("field \"" + field + "\" is not declared by collection "
                        + collection + ", which declares " + described()));
    }

    private static MetadataValue number(String field, String text) {
        double number;
        try {
            number = Double.parseDouble(text.strip());
        } catch (NumberFormatException wrong) {
            number = Double.NaN;
        }
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException(field + " = \"" + text + "\" is no number");
        }
        return MetadataValue.newBuilder().setNumber(number).build();
    }

    private static MetadataValue time(String field, String text) {
        try {
            return MetadataValue.newBuilder().setTime(Times.parse(text.strip())).build();
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException(
                    field + " = \"" + text + "\" is no time, such as 2026-11-21 or 2026-11-21T08:30:00Z", wrong);
        }
    }
}
