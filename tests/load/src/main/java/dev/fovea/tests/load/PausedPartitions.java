package dev.fovea.tests.load;

import dev.fovea.tests.support.ServiceProcess;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/// Looks five times a second whether the Kafka entrance has paused its partitions.
final class PausedPartitions {

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final CompletableFuture<Double> share = new CompletableFuture<>();

    PausedPartitions(ServiceProcess process) {
        Thread.ofPlatform().daemon().name("paused-partitions").start(() -> watch(process));
    }

    private void watch(ServiceProcess process) {
        int looks = 0;
        int paused = 0;
        try {
            while (!stopped.get()) {
                Thread.sleep(200);
                if (process.status("/q/health/ready") == 200) {
                    looks++;
                    paused += Watch.metric(process, "fovea_kafka_paused") > 0 ? 1 : 0;
                }
            }
            share.complete(looks == 0 ? Double.NaN : (double) paused / looks);
        } catch (IOException | InterruptedException lost) {
            share.completeExceptionally(lost);
        }
    }

    /// @return the share of all looks, 0 to 1
    double stop() {
        stopped.set(true);
        return share.join();
    }
}
