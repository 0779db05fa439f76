package dev.fovea.lucene;

import dev.fovea.vectorindex.CollectionSpec;
import dev.fovea.vectorindex.FieldType;
import dev.fovea.vectorindex.IndexRefused;
import dev.fovea.vectorindex.VectorStorage;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/// What an index was made for, as its format file says it.
///
/// @param version of the layout of documents and files
record IndexFormat(int version, CollectionSpec spec) {

    static final int CURRENT = 1;

    private static final String FIELD = "field.";

    static IndexFormat current(CollectionSpec spec) {
        return new IndexFormat(CURRENT, spec);
    }

    /// `key = value` lines, keys in order.
    String toText() {
        Map<String, String> lines = new TreeMap<>();
        lines.put("format", String.valueOf(version));
        lines.put("collection", spec.name());
        lines.put("embedder", spec.embedder());
        lines.put("dimension", String.valueOf(spec.dimension()));
        lines.put("storage", spec.storage().name());
        spec.fields().forEach((name, type) -> lines.put(FIELD + name, type.name()));
        return PropertyText.write(lines);
    }

    /// @param from named in messages
    /// @throws IndexRefused if the text is no format, or a newer one
    static IndexFormat parse(String text, Path from) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(text));
            int version = Integer.parseInt(required(properties, "format"));
            if (version > CURRENT) {
                throw new IndexRefused("the index in " + from.getParent() + " has format " + version
                        + ", this version of the service reads format " + CURRENT
                        + ": run a newer version, or re-index into a new collection");
            }
            return new IndexFormat(version, spec(properties));
        } catch (IOException | IllegalArgumentException damaged) {
            throw new IndexRefused(
                    from + " is damaged (" + damaged.getMessage() + "): restore the index from a backup", damaged);
        }
    }

    /// Fields may be added; everything else of a collection stays.
    ///
    /// @throws IndexRefused saying what differs
    void requireFits(CollectionSpec wanted, Path folder) {
        requireSame("is of collection", spec.name(), wanted.name(), folder);
        requireSame("holds embeddings of", spec.embedder(), wanted.embedder(), folder);
        requireSame("holds vectors of dimension", spec.dimension(), wanted.dimension(), folder);
        requireSame("stores vectors as", spec.storage(), wanted.storage(), folder);
        spec.fields().forEach((name, type) -> {
            if (wanted.fields().get(name) != type) {
                throw new IndexRefused("the index in " + folder + " has field " + name + " of type " + type
                        + ", the configuration "
                        + (wanted.fields().containsKey(name)
                                ? "declares it as " + wanted.fields().get(name)
                                : "does not declare it")
                        + ": declare it as it was (fields can only be added), or re-index into a new collection");
            }
        });
    }

    private static void requireSame(String what, Object kept, Object wanted, Path folder) {
        if (!kept.equals(wanted)) {
            throw new IndexRefused("the index in " + folder + " " + what + " " + kept + ", the configuration asks for "
                    + wanted + ": configure it as it was, or re-index into a new collection");
        }
    }

    private static CollectionSpec spec(Properties properties) {
        Map<String, FieldType> fields = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            if (key.startsWith(FIELD)) {
                fields.put(key.substring(FIELD.length()), FieldType.valueOf(required(properties, key)));
            }
        }
        return new CollectionSpec(
                required(properties, "collection"),
                required(properties, "embedder"),
                Integer.parseInt(required(properties, "dimension")),
                VectorStorage.valueOf(required(properties, "storage")),
                fields);
    }

    private static String required(Properties properties, String key) {
        String value = properties.getProperty(key, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return value;
    }
}
