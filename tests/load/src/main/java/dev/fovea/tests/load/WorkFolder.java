package dev.fovea.tests.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A folder for models, logs and a broker's data, deleted when closed.
record WorkFolder(Path path) implements AutoCloseable {

    static WorkFolder create(String name) throws IOException {
        return new WorkFolder(Files.createTempDirectory("fovea-" + name + "-"));
    }

    @Override
    public void close() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(path)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.deleteIfExists(each);
        }
    }
}
