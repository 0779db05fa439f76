package dev.fovea.tests.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.local.broker.BrokerProcess;
import dev.fovea.tests.support.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Crashes at random moments, and what a downstream consumer sees of them: nothing.
///
/// The long form is `-Dfovea.crash.events=100000 -Dfovea.crash.kills=20`.
class ExactlyOnceIT {

    private static final int EVENTS = Integer.getInteger("fovea.crash.events", 20_000);
    private static final int KILLS = Integer.getInteger("fovea.crash.kills", 5);
    private static final long SEED = Long.getLong("fovea.crash.seed", 20_261_121L);
    private static final Duration LIMIT = Duration.ofMinutes(5).plusMillis(20L * EVENTS);
    private static final int PARTITIONS = 6;

    /// Something that happens to the system once this many events have been answered.
    private record Blow(int atAnswered, String name, Action action) {}

    private interface Action {
        void run() throws IOException, InterruptedException;
    }

    @Test
    void everyEventIsAnsweredExactlyOnceAndInOrderThroughCrashes(@TempDir Path folder) throws Exception {
        Models.buildSiftNet(folder.resolve("models"));
        EventLoad load = new EventLoad(EVENTS, SEED);
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("kafka"))) {
            Topics.create(broker, PARTITIONS);
            try (ServiceProcess first = service(folder, broker, "first");
                    Ledger ledger = new Ledger(broker.bootstrapServers(), Topics.RESULTS, Topics.DEAD_LETTERS)) {
                FutureTask<Boolean> sending = new FutureTask<>(() -> {
                    load.send(broker.bootstrapServers(), Topics.IMAGES);
                    return true;
                });
                Thread.ofPlatform().name("sender").start(sending);
                strike(blows(folder, broker, first), ledger);
                sending.get();
                await(ledger, EVENTS, first);
                // Anything published twice would follow now.
                Thread.sleep(3_000);
                ledger.stop();

                assertThat(ledger.missing(EVENTS))
                        .as("events without an answer")
                        .isEmpty();
                assertThat(ledger.violations()).isEmpty();
                assertThat(ledger.answered()).isEqualTo(EVENTS);
                assertThat(ledger.deadLetterCount()).isEqualTo(EVENTS / 100);
            }
        }
    }

    private static List<Blow> blows(Path folder, BrokerProcess broker, ServiceProcess first) {
        Random random = new Random(SEED);
        List<Blow> blows = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            blows.add(new Blow(moment(random, kill), "SIGKILL", () -> {
                first.kill();
                first.relaunch();
            }));
        }
        ServiceProcess[] second = new ServiceProcess[1];
        blows.add(new Blow(EVENTS * 3 / 10, "second joins", () -> second[0] = service(folder, broker, "second")));
        blows.add(new Blow(EVENTS * 6 / 10, "second leaves", () -> assertThat(second[0].terminate())
                .isIn(0, 143)));
        blows.add(new Blow(EVENTS * 7 / 10, "broker restarts", () -> {
            broker.stop();
            broker.restart();
        }));
        blows.sort(Comparator.comparingInt(Blow::atAnswered));
        return blows;
    }

    /// A random moment in the kill's own share of the run, so that kills do not pile up at one end.
    private static int moment(Random random, int kill) {
        double share = (kill + random.nextDouble()) / KILLS;
        return (int) (0.95 * EVENTS * share);
    }

    private static void strike(List<Blow> blows, Ledger ledger) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        for (Blow blow : blows) {
            while (ledger.answered() < blow.atAnswered() && System.nanoTime() < end) {
                Thread.sleep(5);
            }
            System.out.printf("%6d of %d answered: %s%n", ledger.answered(), EVENTS, blow.name());
            blow.action().run();
        }
    }

    private static void await(Ledger ledger, int wanted, ServiceProcess service)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (ledger.answered() < wanted) {
            assertThat(System.nanoTime())
                    .as(() -> ledger.answered() + " of " + wanted + " answered when time ran out; the service says:\n"
                            + lastWords(service))
                    .isLessThan(end);
            Thread.sleep(50);
        }
    }

    private static String lastWords(ServiceProcess service) {
        try {
            return service.tail();
        } catch (IOException unreadable) {
            return "nothing: " + unreadable;
        }
    }

    private static ServiceProcess service(Path folder, BrokerProcess broker, String instance)
            throws IOException, InterruptedException {
        Map<String, String> configuration = new HashMap<>(Topics.configuration(broker));
        configuration.put("fovea.models.repository", folder.resolve("models").toString());
        configuration.put("fovea.kafka.instance-id", instance);
        return ServiceProcess.start("patch-description", folder.resolve(instance + ".log"), configuration, "-Xmx512m");
    }
}
