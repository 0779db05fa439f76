package dev.fovea.tests.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplesTest {

    private static final double[] ONE_TO_TEN = {7, 1, 10, 3, 2, 9, 8, 4, 6, 5};

    @ParameterizedTest
    @CsvSource({"0,1", "0.1,1", "0.11,2", "0.5,5", "0.9,9", "0.91,10", "0.99,10", "1,10"})
    void takesTheSmallestValueThatTheShareDoesNotExceed(double share, double expected) {
        assertThat(Samples.quantile(share, ONE_TO_TEN)).isEqualTo(expected);
    }

    @Test
    void relatesTheSpreadToTheMedian() {
        assertThat(Samples.spread(9, 10, 12)).isEqualTo(0.3);
    }

    @Test
    void refusesNoMeasurement() {
        assertThatThrownBy(() -> Samples.median()).hasMessage("no measurement");
    }
}
