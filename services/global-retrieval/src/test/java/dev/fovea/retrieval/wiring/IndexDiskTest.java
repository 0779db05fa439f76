package dev.fovea.retrieval.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexDiskTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void freeSpaceIsPartOfTheDisk(@TempDir Path folder) {
        new IndexDisk(folder).register(registry);

        assertThat(value("fovea.index.disk.total")).isPositive();
        assertThat(value("fovea.index.disk.free")).isBetween(0.0, value("fovea.index.disk.total"));
    }

    @Test
    void aFolderThatIsNotThereHasNoValue(@TempDir Path folder) {
        new IndexDisk(folder.resolve("absent")).register(registry);

        assertThat(value("fovea.index.disk.free")).isNaN();
    }

    private double value(String name) {
        return registry.get(name).gauge().value();
    }
}
