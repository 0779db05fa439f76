package dev.fovea.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackOffTest {

    @ParameterizedTest
    @CsvSource({"1, 50", "2, 100", "4, 400", "6, 1600", "7, 2000", "1000, 2000"})
    void waitsBetweenHalfAndAllOfWhatDoubles(int failures, long full) {
        BackOff backOff = new BackOff(new Random(1));

        for (int i = 0; i < 100; i++) {
            assertThat(backOff.millisAfter(failures)).isBetween(full / 2, full);
        }
    }
}
