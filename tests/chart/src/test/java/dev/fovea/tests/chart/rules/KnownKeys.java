package dev.fovea.tests.chart.rules;

import dev.fovea.tests.support.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The keys of a service, by the table of its `CONFIGURATION.md`, which a test of the service holds equal to its
/// configuration interfaces.
///
/// @param component folder of the service
record KnownKeys(String component, List<Key> keys) {

    private static final Pattern ROW = Pattern.compile("\\| `(fovea\\.[^`]+)` \\| ([^|]*) \\| ([^|]*) \\| .*");
    private static final Map<String, KnownKeys> READ = new ConcurrentHashMap<>();

    /// Topics whose default the table leaves to the services' READMEs; source: those.
    private static final Map<String, String> RESULTS = Map.of(
            "patch-description", "fovea.patch-descriptions",
            "fine-grained-classification", "fovea.classifications",
            "global-retrieval", "fovea.embeddings");

    /// @param name with `*` for a part that is free, `"name@version"` for one
    /// @param allowed in words, as `one of true, false`
    record Key(String name, String allowed, String byDefault) {

        boolean is(String key) {
            String form = Pattern.quote(name).replace("*", "\\E(\"[^\"]+\"|[^.\"]+)\\Q");
            return key.matches(name.endsWith("*") ? form + ".*" : form);
        }

        boolean allows(String value) {
            Matcher choice = Pattern.compile("(?:list: )?one of (.*)").matcher(allowed);
            return !choice.matches()
                    || List.of(value.split(",")).stream()
                            .allMatch(
                                    part -> List.of(choice.group(1).split(", ")).contains(part.strip()));
        }
    }

    static KnownKeys of(String component) {
        return READ.computeIfAbsent(component, KnownKeys::read);
    }

    Optional<Key> find(String key) {
        String plain = key.replaceAll("\\[\\d+]$", "");
        return keys.stream().filter(known -> known.is(plain)).findFirst();
    }

    Optional<String> defaultOf(String key) {
        if (key.equals("fovea.kafka.topics.results")) {
            return Optional.ofNullable(RESULTS.get(component));
        }
        return find(key)
                .map(Key::byDefault)
                .filter(text -> text.startsWith("`"))
                .map(text -> text.replace("`", "").replace("<service>", component));
    }

    private static KnownKeys read(String component) {
        Path document = Checkout.root().resolve("services/" + component + "/CONFIGURATION.md");
        List<Key> keys = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(document)) {
                Matcher row = ROW.matcher(line);
                if (row.matches()) {
                    keys.add(new Key(
                            row.group(1), row.group(2).strip(), row.group(3).strip()));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new KnownKeys(component, keys);
    }
}
