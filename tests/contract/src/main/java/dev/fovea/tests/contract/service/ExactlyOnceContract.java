package dev.fovea.tests.contract.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.tests.support.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Crashes at random moments, and what a downstream consumer sees of them: nothing.
///
/// The long form is `-Dfovea.crash.events=100000 -Dfovea.crash.kills=20`.
public abstract class ExactlyOnceContract {

    private static final long SEED = Long.getLong("fovea.crash.seed", 20_261_121L);
    private static final int PARTITIONS = 6;

    private final int events;
    private final int kills;
    private final Duration limit;

    /// @param events where `fovea.crash.events` does not say; a multiple of 100
    /// @param kills where `fovea.crash.kills` does not say
    protected ExactlyOnceContract(int events, int kills) {
        this.events = Integer.getInteger("fovea.crash.events", events);
        this.kills = Integer.getInteger("fovea.crash.kills", kills);
        this.limit = Duration.ofMinutes(5).plusMillis(20L * this.events);
    }

    protected abstract ServiceUnderTest service();

    @Test
    void everyEventIsAnsweredExactlyOnceAndInOrderThroughCrashes(@TempDir Path folder) throws Exception {
        Pace pace = new Pace();
        try (ServiceRun run = ServiceRun.start(service(), folder, PARTITIONS);
                Ledger ledger = new Ledger(service(), run.broker().bootstrapServers());
                Blows blows = new Blows(run, events, pace)) {
            FutureTask<Boolean> sending = new FutureTask<>(() -> {
                new EventLoad(events, SEED).send(run.sender(), pace);
                return true;
            });
            Thread.ofPlatform().daemon().name("sender").start(sending);
            blows.strike(blows.plan(kills, SEED), ledger, limit);
            sending.get();
            await(ledger, run.process());
            // Anything published twice would follow now.
            Thread.sleep(3_000);
            ledger.stop();

            assertThat(ledger.missing(events)).as("events without an answer").isEmpty();
            assertThat(ledger.violations()).isEmpty();
            assertThat(ledger.answered()).isEqualTo(events);
            assertThat(ledger.deadLetterCount()).isEqualTo(events / 100);
            assertAnswersTellImagesApart(ledger.answerOfImage());
        }
    }

    /// Without it the ledger would not see one image's answer given to another.
    private static void assertAnswersTellImagesApart(Map<Integer, ServiceAnswer> answers) {
        assertThat(answers).hasSizeGreaterThan(1);
        answers.forEach((image, answer) -> answers.forEach((other, anothers) -> assertThat(answer.says(anothers))
                .as("images %d and %d have one answer", image, other)
                .isEqualTo(image.equals(other))));
    }

    private void await(Ledger ledger, ServiceProcess service) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (ledger.answered() < events) {
            assertThat(System.nanoTime())
                    .as(() -> ledger.answered() + " of " + events + " answered when time ran out; the service says:\n"
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
}
