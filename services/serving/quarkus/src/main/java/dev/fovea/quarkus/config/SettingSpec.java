package dev.fovea.quarkus.config;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One configuration key, read from the method that declares it.
///
/// @param key for example `fovea.batching.max-batch`; a map's keys start with it and a dot; in a group of which there
///     are several, [#ANY] stands for the name of one
/// @param type of a single value
/// @param byDefault as written in configuration; empty where the key is required or may be absent
public record SettingSpec(String key, Class<?> type, Form form, Setting setting, Optional<String> byDefault) {

    /// The name of a group, which may be quoted.
    static final String ANY = "*";

    private static final String NAME = "(?:\"[^\"]+\"|[^.\"]+)";

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

    /// Whether a configured key is this one.
    boolean is(String configured) {
        return Pattern.matches(pattern() + (form == Form.MAP ? "\\..+" : ""), configured);
    }

    /// The key with the name of the group that a configured key is in: `collections."photos".model`.
    String inGroupOf(String configured) {
        int any = key.indexOf(ANY);
        if (any < 0 || !configured.startsWith(key.substring(0, any))) {
            return key;
        }
        String rest = configured.substring(any);
        Matcher name = Pattern.compile("^" + NAME).matcher(rest);
        return name.find() ? key.replace(ANY, name.group()) : key;
    }

    /// Whether there is one of it in each group of several.
    boolean grouped() {
        return key.contains(ANY);
    }

    private String pattern() {
        return Arrays.stream(key.split("\\.", -1))
                .map(part -> part.equals(ANY) ? NAME : Pattern.quote(part))
                .collect(Collectors.joining("\\."));
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
