package dev.fovea.retrieval.wiring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/// How large the disk of the embedded engine's indexes is and what of it is free. Any thread.
final class IndexDisk {

    private final Path folder;

    /// @param folder of the indexes; it need not exist yet
    IndexDisk(Path folder) {
        this.folder = folder;
    }

    /// Asked when metrics are read.
    void register(MeterRegistry registry) {
        gauge("fovea.index.disk.free", "Space that the indexes may still take", FileStore::getUsableSpace, registry);
        gauge("fovea.index.disk.total", "Size of the disk that holds the indexes", FileStore::getTotalSpace, registry);
    }

    private void gauge(String name, String what, Size size, MeterRegistry registry) {
        Gauge.builder(name, this, disk -> disk.bytes(size))
                .description(what)
                .baseUnit("bytes")
                .strongReference(true)
                .register(registry);
    }

    /// NaN, which is no value, while there is no such folder.
    private double bytes(Size size) {
        try {
            return size.of(Files.getFileStore(folder));
        } catch (IOException absent) {
            return Double.NaN;
        }
    }

    @FunctionalInterface
    private interface Size {
        long of(FileStore disk) throws IOException;
    }
}
