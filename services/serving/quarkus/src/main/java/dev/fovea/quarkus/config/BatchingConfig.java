package dev.fovea.quarkus.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// When entries become batches, and how many may wait.
public interface BatchingConfig {

    @Setting(
            is = "rows of the largest batch; a model with a smaller largest bucket lowers it",
            unit = "rows",
            from = "1",
            to = "4096")
    @WithDefault("256")
    int maxBatch();

    @Setting(is = "longest wait of an entry for others while an instance is idle", from = "0ms", to = "10s")
    @WithDefault("2ms")
    Duration maxDelay();

    @Setting(
            is = "rows that may wait in each lane, at least `max-batch`; more are refused as overload",
            unit = "rows",
            from = "1",
            to = "10000000")
    @WithDefault("16384")
    int maxQueuedRows();

    @Setting(is = "bytes that may wait in each lane; more are refused as overload", from = "1", to = "1024G")
    @WithDefault("256M")
    MemorySize maxQueuedBytes();

    @Setting(is = "least share of the rows that Kafka's entries get while gRPC's compete", from = "0", to = "0.5")
    @WithDefault("0.125")
    double bulkMinShare();
}
