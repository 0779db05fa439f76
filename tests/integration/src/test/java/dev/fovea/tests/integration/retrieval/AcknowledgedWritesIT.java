package dev.fovea.tests.integration.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.proto.v1.StoredImage;
import dev.fovea.tests.contract.service.ServiceRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Crashes between calls that write: what was acknowledged is there.
class AcknowledgedWritesIT {

    private static final int KILLS = 4;
    private static final int WRITERS = 4;
    private static final int WRITES_BETWEEN = 150;
    private static final long SEED = Long.getLong("fovea.crash.seed", 20_261_121L);

    @Test
    void everyAcknowledgedWriteIsThereThroughCrashes(@TempDir Path folder) throws Exception {
        try (ServiceRun run = ServiceRun.start(new RetrievalUnderTest(), folder, 1)) {
            // When
            var retrieval = new Retrieval(run.channel());
            List<AcknowledgedWrites> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(new AcknowledgedWrites(
                        retrieval, "writer " + i, retrieval.collection().getDimension()));
            }
            killBetween(writers, run);

            // Then
            Map<String, StoredImage> stored = new HashMap<>();
            retrieval.everything().forEach(image -> stored.put(image.getId(), image));
            int checked = 0;
            for (AcknowledgedWrites writer : writers) {
                checked += writer.assertKept(stored);
            }
            assertThat(checked).as("ids written").isGreaterThan(WRITERS);
            assertThat(stored).hasSizeLessThanOrEqualTo(checked);
            assertThat(writers.stream().mapToInt(AcknowledgedWrites::failed).sum())
                    .as("calls that a kill cut off")
                    .isPositive();
        }
    }

    private static void killBetween(List<AcknowledgedWrites> writers, ServiceRun run) throws Exception {
        var random = new Random(SEED);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running =
                    writers.stream().<Future<?>>map(threads::submit).toList();
            try {
                for (int kill = 0; kill < KILLS; kill++) {
                    awaitMore(writers, WRITES_BETWEEN + random.nextInt(WRITES_BETWEEN));
                    run.process().kill();
                    run.process().relaunch();
                    run.process().awaitReady();
                }
                awaitMore(writers, WRITES_BETWEEN);
            } finally {
                writers.forEach(AcknowledgedWrites::stop);
            }
            for (Future<?> each : running) {
                each.get();
            }
        }
    }

    private static void awaitMore(List<AcknowledgedWrites> writers, int count) throws InterruptedException {
        int wanted = acknowledged(writers) + count;
        while (acknowledged(writers) < wanted) {
            Thread.sleep(1);
        }
    }

    private static int acknowledged(List<AcknowledgedWrites> writers) {
        return writers.stream().mapToInt(AcknowledgedWrites::acknowledged).sum();
    }
}
