package dev.fovea.kafka.consume;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/// The headers of one record as text: names compare without case, and of several with one name the last counts.
final class RecordHeaders {

    private final Map<String, String> values = new TreeMap<>();

    RecordHeaders(Headers headers) {
        for (Header header : headers) {
            byte[] value = header.value();
            if (value != null) {
                values.put(header.key().toLowerCase(Locale.ROOT), new String(value, StandardCharsets.UTF_8).strip());
            }
        }
    }

    /// Empty if the header is absent or blank.
    Optional<String> get(String lowerCaseName) {
        return Optional.ofNullable(values.get(lowerCaseName)).filter(value -> !value.isEmpty());
    }

    /// Every header whose name starts with `prefix`, by the rest of its name.
    Map<String, String> startingWith(String prefix) {
        Map<String, String> found = new TreeMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), value);
            }
        });
        return found;
    }
}
