package dev.fovea.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdmissionTest {

    private final Admission admission = new Admission(8);

    @Test
    void admitsAsManyAsTheWindow() {
        start(8);

        assertThat(admission.admits(0)).isFalse();
        admission.ended();
        assertThat(admission.admits(0)).isTrue();
    }

    @Test
    void overloadShrinksTheWindowToWhatTheServiceIsStillWorkingOn() {
        start(8);

        for (int refused = 0; refused < 5; refused++) {
            admission.refused(100, true);
        }

        assertThat(admission.window()).isEqualTo(3);
    }

    @Test
    void afterARefusalNothingIsAdmittedUntilSomethingIsAnswered() {
        start(3);
        admission.refused(100, true);
        assertThat(admission.admits(1000)).isFalse();

        admission.answered();

        assertThat(admission.isRefused()).isFalse();
        assertThat(admission.admits(1000)).isTrue();
    }

    @Test
    void withNothingRunningOneEventProbesAfterTheDelay() {
        start(1);
        admission.refused(100, true);

        assertThat(admission.admits(99)).isFalse();
        assertThat(admission.admits(100)).isTrue();
        start(1);
        assertThat(admission.admits(100)).isFalse();
    }

    @Test
    void unavailabilityKeepsTheWindow() {
        start(8);
        for (int refused = 0; refused < 8; refused++) {
            admission.refused(100, false);
        }
        start(1);
        admission.answered();

        assertThat(admission.window()).isEqualTo(8);
    }

    @Test
    void theWindowGrowsByAboutOnePerWindowOfAnswersAndNeverBeyondTheMost() {
        start(8);
        for (int refused = 0; refused < 8; refused++) {
            admission.refused(0, true);
        }
        assertThat(admission.window()).isEqualTo(1);

        int answers = 0;
        while (admission.window() < 8) {
            start(1);
            admission.answered();
            answers++;
        }

        // Between 1 + 2 + ... + 7 and 8 windows' worth.
        assertThat(answers).isBetween(28, 40);
        start(1);
        admission.answered();
        assertThat(admission.window()).isEqualTo(8);
    }

    private void start(int events) {
        for (int i = 0; i < events; i++) {
            admission.started();
        }
    }
}
