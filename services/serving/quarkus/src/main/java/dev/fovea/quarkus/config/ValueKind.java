package dev.fovea.quarkus.config;

import io.quarkus.runtime.configuration.MemorySize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The kinds of configuration values, with their words and their order.
enum ValueKind {
    WHOLE_NUMBER("a whole number"),
    NUMBER("a number"),
    FLAG("true or false"),
    TIME("a duration such as 500ms, 5s or 2m"),
    SIZE("a size in bytes such as 1048576, 512K or 16M"),
    FOLDER("a path"),
    CHOICE("one of the choices"),
    TEXT("a text");

    private final String text;

    ValueKind(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    static ValueKind of(Class<?> type) {
        if (type == Integer.class || type == Long.class) {
            return WHOLE_NUMBER;
        }
        if (type == Double.class || type == Float.class) {
            return NUMBER;
        }
        if (type == Boolean.class) {
            return FLAG;
        }
        if (type == Duration.class) {
            return TIME;
        }
        if (type == MemorySize.class) {
            return SIZE;
        }
        if (type == Path.class) {
            return FOLDER;
        }
        return type.isEnum() ? CHOICE : TEXT;
    }

    /// Where a value stands among others of its kind.
    static double magnitude(Object value) {
        return switch (value) {
            case Duration time -> (double) time.toNanos();
            case MemorySize size -> size.asBigInteger().doubleValue();
            case Number number -> number.doubleValue();
            default -> throw new IllegalArgumentException(value.getClass() + " has no order");
        };
    }

    static List<String> choices(SettingSpec spec) {
        if (spec.setting().oneOf().length > 0) {
            return List.of(spec.setting().oneOf());
        }
        if (spec.type() == Boolean.class) {
            return List.of("true", "false");
        }
        if (!spec.type().isEnum()) {
            return List.of();
        }
        return Arrays.stream(spec.type().getEnumConstants())
                .map(constant ->
                        ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }
}
