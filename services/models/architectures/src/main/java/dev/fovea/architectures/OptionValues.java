package dev.fovea.architectures;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The options of one request, defaults filled in, read by type.
///
/// Every reader throws [IllegalArgumentException] that quotes the option, its value and what is allowed.
public final class OptionValues {

    private final Map<String, Option> options = new HashMap<>();
    private final Map<String, String> values = new TreeMap<>();

    /// @throws IllegalArgumentException if an option is given that the architecture does not have
    public OptionValues(List<Option> options, Map<String, String> given) {
        for (Option option : options) {
            this.options.put(option.name(), option);
            values.put(option.name(), given.getOrDefault(option.name(), option.defaultValue()));
        }
        for (String name : new TreeSet<>(given.keySet())) {
            if (!this.options.containsKey(name)) {
                throw new IllegalArgumentException("no option \"" + name + "\"; there is " + values.keySet());
            }
        }
    }

    /// Every option with its value, sorted by name.
    public Map<String, String> asMap() {
        return Collections.unmodifiableMap(values);
    }

    public int wholeNumber(String name) {
        try {
            return Integer.parseInt(value(name));
        } catch (NumberFormatException e) {
            throw unacceptable(name, e);
        }
    }

    /// A whole number within both limits.
    public int wholeNumber(String name, int min, int max) {
        int value = wholeNumber(name);
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " " + value + " is outside " + min + " to " + max);
        }
        return value;
    }

    public String text(String name) {
        return value(name);
    }

    public double number(String name) {
        try {
            return Double.parseDouble(value(name));
        } catch (NumberFormatException e) {
            throw unacceptable(name, e);
        }
    }

    public boolean flag(String name) {
        return switch (value(name).toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw unacceptable(name, null);
        };
    }

    /// The constant whose [Object#toString] equals the value, whatever the case.
    public <E extends Enum<E>> E choice(String name, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.toString().equalsIgnoreCase(value(name)))
                .findFirst()
                .orElseThrow(() -> unacceptable(name, null));
    }

    private String value(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("the architecture reads option \"" + name + "\" that it did not declare");
        }
        return value;
    }

    private IllegalArgumentException unacceptable(String name, @Nullable NumberFormatException cause) {
        Option option = options.get(name);
        String allowed = option == null ? "" : "; allowed: " + option.allowed();
        return new IllegalArgumentException(name + " = \"" + value(name) + "\" is not acceptable" + allowed, cause);
    }
}
