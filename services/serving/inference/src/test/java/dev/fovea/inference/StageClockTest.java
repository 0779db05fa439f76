package dev.fovea.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StageClockTest {
    private long now;
    private final StageClock clock = new StageClock(() -> now);

    @Test
    void eachStageHasTheTimeSinceTheOneBefore() {
        now = 10;
        clock.ended(Stage.DECODE);
        now = 30;
        clock.ended(Stage.PREPROCESS);

        assertThat(clock.timings(4)).isEqualTo(new StageTimings(10, 20, 0, 0, 0, 4));
    }

    @Test
    void aStageThatEndsTwiceHasTheSum() {
        now = 10;
        clock.ended(Stage.DECODE);
        now = 15;
        clock.ended(Stage.DECODE);

        assertThat(clock.timings(0).decodeNanos()).isEqualTo(15);
    }

    @Test
    void waitingForAPermitBelongsToNoStage() {
        now = 1_000;
        clock.waited();
        now = 1_010;
        clock.ended(Stage.DECODE);

        assertThat(clock.timings(0)).isEqualTo(new StageTimings(10, 0, 0, 0, 0, 0));
    }

    @Test
    void theBatcherMeasuresItsOwnTwoStages() {
        now = 1_000;
        clock.inferred(300, 600);
        now = 1_005;
        clock.ended(Stage.POSTPROCESS);

        assertThat(clock.timings(8)).isEqualTo(new StageTimings(0, 0, 300, 600, 5, 8));
    }
}
