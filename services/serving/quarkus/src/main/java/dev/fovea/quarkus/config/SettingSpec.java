package dev.fovea.quarkus.config;

import java.util.Optional;

/// One configuration key, read from the method that declares it.
///
/// @param key for example `fovea.batching.max-batch`; a map's keys start with it and a dot
/// @param type of a single value
/// @param byDefault as written in configuration; empty where the key is required or may be absent
public record SettingSpec(String key, Class<?> type, Form form, Setting setting, Optional<String> byDefault) {

    /// How many values a key holds.
    public enum Form {
        ONE,
        OPTIONAL,
        LIST,
        MAP
    }

    public boolean required() {
        return byDefault.isEmpty() && (form == Form.ONE || form == Form.LIST);
    }

    /// `1 to 64 rows`, `one of cpu, cuda`, or what kind of value it is.
    public String range() {
        if (!choices().isEmpty()) {
            return "one of " + choices();
        }
        String unit = setting.unit().isEmpty() ? "" : " " + setting.unit();
        if (!setting.from().isEmpty() && !setting.to().isEmpty()) {
            return setting.from() + " to " + setting.to() + unit;
        }
        return kind();
    }

    /// What is used where nothing is configured, in words.
    public String defaultText() {
        return byDefault.orElseGet(() -> setting.otherwise().isEmpty() ? "none, required" : setting.otherwise());
    }

    /// A value's kind, as in "is not …".
    String kind() {
        return ValueKind.of(type).text();
    }

    /// The only texts allowed, comma-separated; empty: any.
    String choices() {
        return String.join(", ", ValueKind.choices(this));
    }
}
