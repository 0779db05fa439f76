package dev.fovea.lucene;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/// Text that [Properties] reads, without the date that it writes: the same values are the same bytes.
final class PropertyText {

    private PropertyText() {}

    /// @param lines in the order in which they are written
    static String write(Map<String, String> lines) {
        return lines.entrySet().stream()
                .map(line -> escaped(line.getKey(), line.getValue()))
                .collect(Collectors.joining());
    }

    private static String escaped(String key, String value) {
        var single = new Properties();
        single.setProperty(key, value);
        var text = new StringWriter();
        try {
            single.store(text, null);
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory does not fail", impossible);
        }
        return text.toString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
