package dev.fovea.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkingWindowTest {

    private final WorkingWindow window = new WorkingWindow(8);

    @Test
    void admitsAsManyAsTheWindow() {
        start(8);

        assertThat(window.admits(0)).isFalse();
        window.ended();
        assertThat(window.admits(0)).isTrue();
    }

    @Test
    void overloadShrinksTheWindowToWhatTheServiceIsStillWorkingOn() {
        start(8);

        for (int refused = 0; refused < 5; refused++) {
            window.refused(100, true);
        }

        assertThat(window.size()).isEqualTo(3);
    }

    @Test
    void afterARefusalNothingIsAdmittedUntilSomethingIsAnswered() {
        start(3);
        window.refused(100, true);
        assertThat(window.admits(1000)).isFalse();

        window.answered();

        assertThat(window.isRefused()).isFalse();
        assertThat(window.admits(1000)).isTrue();
    }

    @Test
    void withNothingRunningOneEventProbesAfterTheDelay() {
        start(1);
        window.refused(100, true);

        assertThat(window.admits(99)).isFalse();
        assertThat(window.admits(100)).isTrue();
        start(1);
        assertThat(window.admits(100)).isFalse();
    }

    @Test
    void unavailabilityKeepsTheWindow() {
        start(8);
        for (int refused = 0; refused < 8; refused++) {
            window.refused(100, false);
        }
        start(1);
        window.answered();

        assertThat(window.size()).isEqualTo(8);
    }

    @Test
    void theWindowGrowsByAboutOnePerWindowOfAnswersAndNeverBeyondTheMost() {
        start(8);
        for (int refused = 0; refused < 8; refused++) {
            window.refused(0, true);
        }
        assertThat(window.size()).isEqualTo(1);

        int answers = 0;
        while (window.size() < 8) {
            start(1);
            window.answered();
            answers++;
        }

        // Between 1 + 2 + ... + 7 and 8 windows' worth.
        assertThat(answers).isBetween(28, 40);
        start(1);
        window.answered();
        assertThat(window.size()).isEqualTo(8);
    }

    @Test
    void whatComesTooLateHalvesTheWindowAndLetsOthersIn() {
        start(8);

        window.expired();
        assertThat(window.size()).isEqualTo(4);
        window.expired();
        assertThat(window.size()).isEqualTo(2);
        window.expired();
        window.expired();

        assertThat(window.size()).isEqualTo(1);
        assertThat(window.admits(0)).isFalse();
        for (int late = 0; late < 4; late++) {
            window.expired();
        }
        assertThat(window.size()).isEqualTo(1);
        assertThat(window.admits(0)).isTrue();
    }

    private void start(int events) {
        for (int i = 0; i < events; i++) {
            window.started();
        }
    }
}
