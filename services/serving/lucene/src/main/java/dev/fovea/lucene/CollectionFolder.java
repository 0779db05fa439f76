package dev.fovea.lucene;

import dev.fovea.vectorindex.CollectionSpec;
import dev.fovea.vectorindex.IndexRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Where a collection lies: `collection.properties` says what it is, `index/` is Lucene's, `writer.txt` says
/// in a sentence who writes or wrote last.
record CollectionFolder(Path path) {

    static final String FORMAT = "collection.properties";
    static final String INDEX = "index";
    private static final String WRITER = "writer.txt";

    Path index() {
        return path.resolve(INDEX);
    }

    /// Empty if there is no index yet.
    ///
    /// @throws IndexRefused if there is one without a format, or of a newer one
    Optional<IndexFormat> format() throws IOException {
        Path file = path.resolve(FORMAT);
        if (Files.exists(file)) {
            return Optional.of(IndexFormat.parse(Files.readString(file), file));
        }
        if (hasSegments()) {
            throw new IndexRefused(index() + " holds an index, but " + file
                    + ", which says what it is, is missing: restore both from a backup, or move the folder away");
        }
        return Optional.empty();
    }

    void requireFits(CollectionSpec spec) throws IOException {
        format().ifPresent(kept -> kept.requireFits(spec, path));
    }

    /// Call as the only writer.
    void keepFormat(CollectionSpec spec) throws IOException {
        IndexFormat wanted = IndexFormat.current(spec);
        if (!format().equals(Optional.of(wanted))) {
            DurableFiles.write(path.resolve(FORMAT), wanted.toText());
        }
    }

    /// Call as the only writer.
    ///
    /// @param sentence without its end, for example `process 17 on host a, since noon`
    void signAsWriter(String sentence) throws IOException {
        Files.writeString(path.resolve(WRITER), sentence);
    }

    /// Who probably writes; a guess, since a process that was killed leaves its name.
    String likelyWriter() {
        try {
            return Files.readString(path.resolve(WRITER));
        } catch (IOException unknown) {
            return "unknown";
        }
    }

    private boolean hasSegments() throws IOException {
        if (!Files.isDirectory(index())) {
            return false;
        }
        try (Stream<Path> files = Files.list(index())) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith("segments_"));
        }
    }
}
