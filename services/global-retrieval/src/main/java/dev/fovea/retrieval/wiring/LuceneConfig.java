package dev.fovea.retrieval.wiring;

import dev.fovea.quarkus.config.Setting;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/// What is configurable about the embedded engine.
public interface LuceneConfig {

    @Setting(is = "folder of the indexes, one folder a collection; one process writes to it")
    @WithDefault("index")
    Path folder();

    @Setting(is = "folder that `Backup` writes into")
    @WithDefault("backups")
    Path backups();

    @Setting(is = "longest until a write is visible to searches", from = "20ms", to = "1m")
    @WithDefault("1s")
    Duration refresh();

    @Setting(is = "threads that write a collection", unit = "threads", from = "1", to = "64")
    @WithDefault("2")
    int threads();

    @Setting(is = "memory of a collection's writes until they go to disk", from = "1M", to = "1900M")
    @WithDefault("256M")
    MemorySize ramBuffer();

    @Setting(is = "disk space that stays free; below it writes are refused", from = "0", to = "1024G")
    @WithDefault("1G")
    MemorySize reservedDisk();

    @Setting(is = "neighbours of a node in the graph (M)", unit = "neighbours", from = "2", to = "512")
    @WithDefault("16")
    int connections();

    @Setting(is = "width of the search when a node is added (efConstruction)", unit = "nodes", from = "8", to = "3200")
    @WithDefault("100")
    int beam();

    @Setting(
            is = "how long a delete is remembered, so that an older write that comes late is stale",
            from = "1s",
            to = "3650d")
    @WithDefault("7d")
    Duration tombstones();
}
