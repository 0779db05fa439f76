package dev.fovea.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.kafka.KafkaSettings.InFlight;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackPressureTest {

    private static final long MIB = 1 << 20;

    /// Limits: 100 records, 10 MiB; one poll returns up to 25 records; 50 may be worked on at once.
    @ParameterizedTest
    @CsvSource({
        "running, 0, 0, 0, false, running",
        "running, 75, 9, 0, false, running",
        "running, 76, 0, 0, false, paused",
        "running, 0, 10, 0, false, paused",
        "paused, 75, 0, 0, false, paused",
        "paused, 51, 0, 0, false, paused",
        "paused, 50, 5, 0, false, running",
        "paused, 50, 6, 0, false, paused",
        "running, 1, 0, 1, true, paused",
        "paused, 0, 0, 0, true, running",
        "running, 60, 0, 49, false, running",
        "running, 60, 0, 50, false, paused"
    })
    void pausesAtTheLimitsAndGoesOnAtHalfOfThem(
            String before, int records, long mib, int waiting, boolean refused, String after) {
        BackPressure backPressure = new BackPressure(new InFlight(100, 10 * MIB), 25);

        boolean paused = backPressure.paused(
                before.equals("paused"), new BackPressure.Load(records, mib * MIB, waiting, 50, refused));

        assertThat(paused ? "paused" : "running").isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 1", "100, 25", "1000000, 500"})
    void onePollTakesAQuarterOfTheLimit(int maxRecords, int expected) {
        assertThat(BackPressure.recordsPerPoll(new InFlight(maxRecords, MIB))).isEqualTo(expected);
    }

    /// A limit of one record means one at a time, not none.
    @ParameterizedTest
    @CsvSource({"0, false", "1, true"})
    void oneRecordInFlightIsPossible(int records, boolean paused) {
        BackPressure backPressure = new BackPressure(new InFlight(1, MIB), 1);

        assertThat(backPressure.paused(true, new BackPressure.Load(records, 0, 0, 1, false)))
                .isEqualTo(paused);
    }
}
