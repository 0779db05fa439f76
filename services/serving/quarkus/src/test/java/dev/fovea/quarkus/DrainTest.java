package dev.fovea.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.inference.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DrainTest {

    private final RecordingParts parts = new RecordingParts();
    private final AtomicLong now = new AtomicLong();

    @Test
    void endsReadinessFirstAndClosesLast() {
        drain(Duration.ofSeconds(30)).run();

        assertThat(parts.steps)
                .containsSubsequence("readiness ends", "calls are refused", "models drain", "closed")
                .containsSubsequence("readiness ends", "kafka drains", "models drain");
    }

    @Test
    void batchersGoOnWhileCallsAreInFlight() {
        parts.callsInFlight.set(3);

        drain(Duration.ofSeconds(30)).run();

        assertThat(parts.steps)
                .containsSubsequence(
                        "calls are refused",
                        "3 calls in flight",
                        "2 calls in flight",
                        "1 calls in flight",
                        "models drain");
    }

    @Test
    void callsAreRefusedForALastMomentBeforeSessionsClose() {
        drain(Duration.ofSeconds(30), now::addAndGet).run();

        assertThat(now).hasValue(Duration.ofMillis(500).toNanos());
    }

    @Test
    void theLastMomentEndsAtTheLimit() {
        drain(Duration.ofMillis(50), now::addAndGet).run();

        assertThat(now).hasValue(Duration.ofMillis(50).toNanos());
    }

    @Test
    void goesOnAtTheLimitWithWhatIsNotFinished() {
        parts.callsInFlight.set(Integer.MAX_VALUE);

        drain(Duration.ofMillis(50), now::addAndGet).run();

        assertThat(now).hasValue(Duration.ofMillis(50).toNanos());

        assertThat(parts.steps).endsWith("models drain", "closed");
    }

    @Test
    void kafkaIsPausedBeforeBatchersRefuse() {
        parts.kafkaWaitsForCalls = true;
        parts.callsInFlight.set(2);

        drain(Duration.ofSeconds(30)).run();

        assertThat(parts.steps).containsSubsequence("kafka drains", "kafka has drained", "models drain", "closed");
    }

    @Test
    void closesEvenIfKafkaFails() {
        parts.kafkaFails = true;

        drain(Duration.ofSeconds(30)).run();

        assertThat(parts.steps).endsWith("models drain", "closed");
    }

    @Test
    void runsOnlyOnce() {
        Drain drain = drain(Duration.ofSeconds(30));

        drain.run();
        drain.run();

        assertThat(parts.steps).containsOnlyOnce("closed");
    }

    /// On a clock that stands still, so that only what happens ends a wait.
    private Drain drain(Duration limit) {
        return new Drain(parts, limit, now::get, nanos -> Thread.onSpinWait(), task -> Thread.ofVirtual()
                .start(task));
    }

    /// On a clock that runs as fast as it is looked at: Kafka, on a thread of its own, might never be done in time.
    private Drain drain(Duration limit, Drain.Pause pause) {
        return new Drain(parts, limit, now::get, pause, Runnable::run);
    }

    /// Notes what is asked of it, in order.
    private static final class RecordingParts implements Drain.Parts {

        private final List<String> steps = new CopyOnWriteArrayList<>();
        private final CountDownLatch noCalls = new CountDownLatch(1);
        private final AtomicInteger callsInFlight = new AtomicInteger();
        private volatile boolean kafkaWaitsForCalls;
        private volatile boolean kafkaFails;

        @Override
        public void endReadiness() {
            steps.add("readiness ends");
        }

        @Override
        public boolean drainKafka(Deadline deadline) throws InterruptedException {
            steps.add("kafka drains");
            if (kafkaFails) {
                throw new IllegalStateException("no broker");
            }
            if (kafkaWaitsForCalls) {
                noCalls.await();
            }
            steps.add("kafka has drained");
            return true;
        }

        @Override
        public void refuseCalls() {
            steps.add("calls are refused");
        }

        @Override
        public boolean callsAreDone() {
            if (callsInFlight.get() == 0) {
                noCalls.countDown();
                return true;
            }
            steps.add(callsInFlight.getAndDecrement() + " calls in flight");
            return false;
        }

        @Override
        public void drainModels(Deadline deadline) {
            steps.add("models drain");
        }

        @Override
        public void close() {
            steps.add("closed");
        }
    }
}
