package dev.fovea.inference.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.fovea.inference.batching.BatchDecision.Dispatch;
import dev.fovea.inference.batching.BatchDecision.Idle;
import dev.fovea.inference.batching.BatchDecision.LookAgainAt;
import dev.fovea.inference.batching.QueueView.Demand;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BatchPolicyTest {

    private static final long DELAY = Duration.ofMillis(2).toNanos();
    private static final BatchPolicy POLICY = new BatchPolicy(8, Duration.ofMillis(2), 100, 1000, 0.25);

    static Stream<Arguments> decisions() {
        return Stream.of(
                argumentSet("nothing waits", view(0, 0, Demand.NOW, false), 0L, new Idle()),
                argumentSet("one row, just entered", view(1, 0, Demand.NOW, false), 0L, new LookAgainAt(DELAY)),
                argumentSet("one row, a nanosecond early", view(0, 1, Demand.NOW, false), DELAY - 1, again()),
                argumentSet("one row, delay over", view(0, 1, Demand.NOW, false), DELAY, delay(1)),
                argumentSet("lanes count together", view(3, 4, Demand.NOW, false), DELAY, delay(7)),
                argumentSet("full before the delay", view(3, 5, Demand.NOW, false), 0L, full()),
                argumentSet("more than full", view(300, 5, Demand.NOW, false), 0L, full()),
                argumentSet("busy owner, delay over", view(7, 0, Demand.AHEAD, false), DELAY, new Idle()),
                argumentSet("busy owner, full", view(8, 0, Demand.AHEAD, false), 0L, full()),
                argumentSet("another instance is idle", view(80, 0, Demand.NONE, false), DELAY, new Idle()),
                argumentSet("draining, idle owner", view(1, 1, Demand.NOW, true), 0L, draining(2)),
                argumentSet("draining, busy owner", view(1, 1, Demand.AHEAD, true), 0L, draining(2)),
                argumentSet("draining, nothing waits", view(0, 0, Demand.NOW, true), 0L, new Idle()));
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void decides(QueueView view, long nowNanos, BatchDecision expected) {
        assertThat(POLICY.decide(view, nowNanos)).isEqualTo(expected);
    }

    @Test
    void decidesAcrossTheOverflowOfTheTicker() {
        long entered = Long.MAX_VALUE - 10;
        QueueView view = new QueueView(1, 0, entered, Demand.NOW, false);

        assertThat(POLICY.decide(view, entered + DELAY - 1)).isEqualTo(new LookAgainAt(entered + DELAY));
        assertThat(POLICY.decide(view, entered + DELAY)).isEqualTo(delay(1));
    }

    @Test
    void isLoweredToTheLargestBucketOfTheModel() {
        assertThat(POLICY.cappedAt(4).maxBatch()).isEqualTo(4);
        assertThat(POLICY.cappedAt(16)).isEqualTo(POLICY);
    }

    static Stream<Arguments> outOfRange() {
        Duration delay = Duration.ofMillis(2);
        return Stream.of(
                refused("maxBatch is 0, allowed: 1 to 4096 rows", 0, delay, 100, 1000, 0.1),
                refused("maxBatch is 4097, allowed: 1 to 4096 rows", 4097, delay, 5000, 1000, 0.1),
                refused("maxDelay is PT-1S, allowed: PT0S to PT10S", 8, Duration.ofSeconds(-1), 100, 1000, 0.1),
                refused("maxDelay is PT11S, allowed: PT0S to PT10S", 8, Duration.ofSeconds(11), 100, 1000, 0.1),
                refused("maxQueuedRows is 7, allowed: maxBatch (8) to 10000000 rows", 8, delay, 7, 1000, 0.1),
                refused("maxQueuedBytes is 0, allowed: 1 to 1099511627776 bytes", 8, delay, 8, 0, 0.1),
                refused("bulkShare is 0.6, allowed: 0 to 0.5", 8, delay, 8, 1, 0.6),
                refused("bulkShare is NaN, allowed: 0 to 0.5", 8, delay, 8, 1, Double.NaN));
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    void refusesValuesOutOfRange(String why, int batch, Duration delay, int rows, long bytes, double share) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BatchPolicy(batch, delay, rows, bytes, share))
                .withMessageEndingWith(why);
    }

    private static Arguments refused(String why, int batch, Duration delay, int rows, long bytes, double share) {
        return Arguments.of(why, batch, delay, rows, bytes, share);
    }

    private static QueueView view(int interactive, int bulk, Demand demand, boolean draining) {
        return new QueueView(interactive, bulk, 0, demand, draining);
    }

    private static BatchDecision again() {
        return new LookAgainAt(DELAY);
    }

    private static BatchDecision full() {
        return new Dispatch(8, BatchingMetrics.Dispatch.FULL);
    }

    private static BatchDecision delay(int rows) {
        return new Dispatch(rows, BatchingMetrics.Dispatch.DELAY);
    }

    private static BatchDecision draining(int rows) {
        return new Dispatch(rows, BatchingMetrics.Dispatch.DRAINING);
    }
}
