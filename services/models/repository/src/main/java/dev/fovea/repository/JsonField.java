package dev.fovea.repository;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// A JSON value that knows where it stands, so that every complaint can name the place.
///
/// @param path for example `manifest.inputs[0].itemShape`
record JsonField(JsonNode node, String path) {

    JsonField field(String name) {
        return optionalField(name)
                .orElseThrow(() -> new IllegalArgumentException(path + "." + name + " is missing from the manifest"));
    }

    /// Empty if the field is absent or null.
    Optional<JsonField> optionalField(String name) {
        if (!node.isObject()) {
            throw unacceptable("must be an object, found " + node);
        }
        JsonNode child = node.get(name);
        return child == null || child.isNull()
                ? Optional.empty()
                : Optional.of(new JsonField(child, path + "." + name));
    }

    String text() {
        if (!node.isTextual()) {
            throw unacceptable("must be text, found " + node);
        }
        return node.textValue();
    }

    int integer() {
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw unacceptable("must be a whole number of 32 bits, found " + node);
        }
        return node.intValue();
    }

    long longInteger() {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw unacceptable("must be a whole number of 64 bits, found " + node);
        }
        return node.longValue();
    }

    double number() {
        if (!node.isNumber()) {
            throw unacceptable("must be a number, found " + node);
        }
        return node.doubleValue();
    }

    <E extends Enum<E>> E constant(Class<E> type) {
        String wanted = text();
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(wanted))
                .findFirst()
                .orElseThrow(() ->
                        unacceptable("\"" + wanted + "\" is not one of " + Arrays.toString(type.getEnumConstants())));
    }

    <T> List<T> list(Function<JsonField, T> element) {
        if (!node.isArray()) {
            throw unacceptable("must be a list, found " + node);
        }
        List<T> values = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            values.add(element.apply(new JsonField(node.get(i), path + "[" + i + "]")));
        }
        return values;
    }

    Map<String, String> textMap() {
        if (!node.isObject()) {
            throw unacceptable("must be an object, found " + node);
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            values.put(entry.getKey(), new JsonField(entry.getValue(), path + "." + entry.getKey()).text());
        }
        return values;
    }

    /// Runs a constructor and puts the path before what it complains of.
    <T> T build(Supplier<T> constructor) {
        try {
            return constructor.get();
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith(path) ? e : new IllegalArgumentException(path + ": " + message, e);
        }
    }

    IllegalArgumentException unacceptable(String why) {
        return new IllegalArgumentException(path + " " + why);
    }
}
