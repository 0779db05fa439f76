package dev.fovea.inference.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fovea.inference.batching.InstanceVitals;
import dev.fovea.inference.batching.InstanceVitals.Phase;
import dev.fovea.inference.lifecycle.ModelHealth.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelHealthTest {

    private static final HealthPolicy POLICY = new HealthPolicy(Duration.ofSeconds(30), Duration.ofSeconds(10));
    private static final long NOW = 5;
    private static final SampleCheck NONE = new SampleCheck.None();
    private static final ModelState SERVING = new ModelState.Serving();

    @Test
    void isReadyWhileRunsSucceed() {
        Facts facts = facts(SERVING, NONE, idle(1, 0));

        assertThat(assess(facts)).isEqualTo(new ModelHealth(true, true, false, "1 of 1 instances work"));
        assertThat(needsSample(facts)).isFalse();
    }

    @Test
    void asksForTheSampleWhenTheLastSuccessIsOld() {
        assertThat(needsSample(facts(SERVING, NONE, idle(9, 0)))).isFalse();
        assertThat(needsSample(facts(SERVING, NONE, idle(10, 0)))).isTrue();
    }

    @Test
    void asksForTheSampleWhenTheLastRunFailed() {
        Facts facts = facts(SERVING, NONE, idle(1, 1));

        assertThat(needsSample(facts)).isTrue();
        assertThat(assess(facts).ready())
                .as("a poisoned item alone proves nothing")
                .isTrue();
    }

    @Test
    void isNotReadyAfterTheSampleFailedUntilItPasses() {
        Facts failed = facts(SERVING, new SampleCheck.Failed(NOW, "instance 0: wrong"), idle(0, 0));
        Facts passed = facts(SERVING, new SampleCheck.Passed(NOW), idle(0, 0));

        assertThat(assess(failed)).isEqualTo(new ModelHealth(true, false, false, "stored sample: instance 0: wrong"));
        assertThat(needsSample(failed))
                .as("runs may succeed and answer wrongly")
                .isTrue();
        assertThat(assess(passed).ready()).isTrue();
    }

    @Test
    void isNotAliveWhenARunIsStuck() {
        assertThat(assess(facts(SERVING, NONE, vitals(Phase.RUNNING, 30))).alive())
                .isTrue();
        assertThat(assess(facts(SERVING, NONE, vitals(Phase.RUNNING, 31))))
                .isEqualTo(new ModelHealth(
                        false, false, false, "instance 0 has been inside one run for 31000 ms, limit 30000 ms"));
    }

    @Test
    void staysAliveWhileAnInstanceWaitsForWork() {
        assertThat(assess(facts(SERVING, NONE, vitals(Phase.IDLE, 100_000))).alive())
                .isTrue();
    }

    @Test
    void isNotAliveOnceTheModelIsLost() {
        ModelState failed = new ModelState.Serving().failed(new IllegalStateException("device is lost"));

        assertThat(assess(facts(failed, NONE, vitals(Phase.FAILED, 1))))
                .isEqualTo(new ModelHealth(false, false, false, "model failed: device is lost"));
    }

    @Test
    void isNotAliveOnceAllInstancesAreLostEvenBeforeTheStateSaysSo() {
        assertThat(assess(facts(SERVING, NONE, vitals(Phase.FAILED, 1), vitals(Phase.FAILED, 1))))
                .isEqualTo(new ModelHealth(false, false, false, "all 2 instances are lost"));
    }

    @Test
    void isDegradedButReadyWhileSomeInstancesWork() {
        assertThat(assess(facts(SERVING, NONE, vitals(Phase.FAILED, 1), idle(1, 0))))
                .isEqualTo(new ModelHealth(true, true, true, "1 of 2 instances work"));
    }

    @Test
    void isAliveButNotReadyWhileLoadingWarmingOrDraining() {
        ModelState.Loading loading = new ModelState.Loading();
        for (ModelState state : List.of(loading, loading.warming(), new ModelState.Draining(Instant.EPOCH))) {
            Facts facts = facts(state, NONE, vitals(Phase.LOADING, 100));
            assertThat(assess(facts)).isEqualTo(new ModelHealth(true, false, false, "model is " + state.label()));
            assertThat(needsSample(facts)).isFalse();
        }
    }

    @Test
    void refusesLimitsOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HealthPolicy(Duration.ofMillis(1), Duration.ZERO))
                .withMessage("health policy: stuckAfter is PT0.001S, allowed: PT1S to PT1H");
    }

    private static ModelHealth assess(Facts facts) {
        return ModelHealth.assess(facts, POLICY, NOW);
    }

    private static boolean needsSample(Facts facts) {
        return ModelHealth.needsSample(facts, POLICY, NOW);
    }

    private static Facts facts(ModelState state, SampleCheck lastCheck, InstanceVitals... vitals) {
        return new Facts(state, List.of(vitals), lastCheck);
    }

    private static InstanceVitals vitals(Phase phase, long secondsInPhase) {
        return new InstanceVitals(phase, secondsAgo(secondsInPhase), true, NOW, 0);
    }

    private static InstanceVitals idle(long secondsSinceSuccess, int failures) {
        return new InstanceVitals(Phase.IDLE, NOW, true, secondsAgo(secondsSinceSuccess), failures);
    }

    private static long secondsAgo(long seconds) {
        return NOW - Duration.ofSeconds(seconds).toNanos();
    }
}
