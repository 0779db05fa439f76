package dev.fovea.onnxruntime;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Reads one provider's options from text and remembers which keys exist, so that a misspelt one is refused.
final class OptionReader {

    private final String provider;
    private final Map<String, String> options;
    private final Set<String> known = new TreeSet<>();

    OptionReader(String provider, Map<String, String> options) {
        this.provider = provider;
        this.options = options;
    }

    Optional<String> text(String key) {
        known.add(key);
        return Optional.ofNullable(options.get(key)).map(String::strip).filter(value -> !value.isEmpty());
    }

    int integer(String key, int byDefault) {
        return text(key)
                .map(value -> Math.toIntExact(number(key, value, Integer.MAX_VALUE)))
                .orElse(byDefault);
    }

    long bytes(String key, long byDefault) {
        return text(key).map(value -> number(key, value, Long.MAX_VALUE)).orElse(byDefault);
    }

    boolean flag(String key, boolean byDefault) {
        return text(key)
                .map(value -> switch (value) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw bad(key, value, "neither true nor false");
                })
                .orElse(byDefault);
    }

    /// A constant of the default's enum, written in lower case with hyphens.
    <E extends Enum<E>> E choice(String key, E byDefault) {
        E[] all = byDefault.getDeclaringClass().getEnumConstants();
        return text(key)
                .map(value -> Arrays.stream(all)
                        .filter(constant -> spelling(constant).equals(value))
                        .findFirst()
                        .orElseThrow(() -> bad(
                                key,
                                value,
                                "none of "
                                        + Arrays.stream(all)
                                                .map(OptionReader::spelling)
                                                .collect(Collectors.joining(", ")))))
                .orElse(byDefault);
    }

    /// To be called when every key has been asked for.
    ///
    /// @throws IllegalArgumentException if there is a key that nobody asked for
    void refuseUnknown() {
        for (String key : options.keySet()) {
            if (!known.contains(key)) {
                throw new IllegalArgumentException("execution provider " + provider + " has no option \"" + key
                        + "\"; it has " + String.join(", ", known));
            }
        }
    }

    static void requireRange(String provider, String key, long value, long min, long max) {
        if (value < min || value > max) {
            throw bad(
                    provider,
                    key,
                    Long.toString(value),
                    max == Long.MAX_VALUE ? "below " + min : "outside " + min + " to " + max);
        }
    }

    private long number(String key, String value, long max) {
        try {
            long number = Long.parseLong(value);
            requireRange(provider, key, number, 0, max);
            return number;
        } catch (NumberFormatException notANumber) {
            throw bad(key, value, "not a whole number");
        }
    }

    private static String spelling(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private IllegalArgumentException bad(String key, String value, String why) {
        return bad(provider, key, value, why);
    }

    private static IllegalArgumentException bad(String provider, String key, String value, String why) {
        return new IllegalArgumentException(
                "option " + key + " of execution provider " + provider + ": " + value + " is " + why);
    }
}
