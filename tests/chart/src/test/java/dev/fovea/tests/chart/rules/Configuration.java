package dev.fovea.tests.chart.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.tests.chart.render.Document;
import dev.fovea.tests.chart.render.Rendering;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/// The `application.properties` that a service finds below its working folder, and what holds where it is silent.
///
/// @param given keys of the file, without what `\` escapes in it
/// @param known every key of the service
record Configuration(Pod pod, Map<String, String> given, KnownKeys known) {

    private static final String FOLDER = "/opt/fovea/config";
    private static final String FILE = "application.properties";

    /// @throws IllegalArgumentException if the service has no such file, or the file has a key twice
    static Configuration of(Rendering rendering, Pod pod) {
        String volume = pod.container()
                .path("volumeMounts")
                .valueStream()
                .filter(mount -> mount.path("mountPath").asText().startsWith(FOLDER))
                .map(mount -> mount.path("name").asText())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(pod + " mounts nothing at " + FOLDER));
        String text = pod.volumes()
                .filter(candidate -> candidate.path("name").asText().equals(volume))
                .map(found -> found.at("/configMap/name").asText())
                .flatMap(name -> rendering.find("ConfigMap", name).stream())
                .map(map -> map.at("/data").path(FILE))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(pod + " has no " + FILE));
        return new Configuration(pod, read(text), KnownKeys.of(pod.component()));
    }

    /// What the service sees: the file, else the documented default.
    Optional<String> value(String key) {
        return Optional.ofNullable(given.get(key)).or(() -> known.defaultOf(key));
    }

    boolean isOn(String key) {
        return value(key).filter("true"::equals).isPresent();
    }

    private static Map<String, String> read(String text) {
        var properties = new Unrepeated();
        try {
            properties.load(new StringReader(text));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        Map<String, String> given = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> given.put(key, properties.getProperty(key)));
        return Map.copyOf(given);
    }

    /// A rendering in which a line is added to the files of every service.
    static Rendering with(Rendering rendering, String line) {
        return rendering.changed(Configuration::isFile, node -> {
            var data = (ObjectNode) node.path("data");
            data.put(FILE, data.path(FILE).asText() + "\n" + line + "\n");
        });
    }

    /// A rendering in which `from` is replaced in the files of every service.
    static Rendering replaced(Rendering rendering, String from, String to) {
        return rendering.changed(Configuration::isFile, node -> {
            var data = (ObjectNode) node.path("data");
            data.put(FILE, data.path(FILE).asText().replaceAll(from, to));
        });
    }

    private static boolean isFile(Document document) {
        return document.kind().equals("ConfigMap") && document.at("/data").has(FILE);
    }

    /// The class keeps the last of two lines with one key, which hides the other.
    private static final class Unrepeated extends Properties {

        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Object put(Object key, Object value) {
            if (containsKey(key)) {
                throw new IllegalArgumentException(FILE + " has the key " + key + " twice");
            }
            return super.put(key, value);
        }
    }
}
