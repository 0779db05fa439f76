package dev.fovea.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteVersionsTest {
    private static final long NOON = 1_785_499_200_000L;

    @Test
    void aLaterRecordIsHigherAlsoWithinAMillisecond() {
        assertThat(List.of(
                        WriteVersions.ofRecord(NOON, 7),
                        WriteVersions.ofRecord(NOON, 8),
                        WriteVersions.ofRecord(NOON + 1, 0)))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void aCallThatComesLaterThanARecordIsHigher() {
        var versions = new WriteVersions(() -> Instant.ofEpochMilli(NOON + 1));

        assertThat(versions.next()).isGreaterThan(WriteVersions.ofRecord(NOON, 5));
        assertThat(versions.next()).isGreaterThan(WriteVersions.ofRecord(NOON + 1, 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1, 1L << 43, Long.MAX_VALUE})
    void everyTimestampGivesARepeatableVersionInTheOrderOfOffsets(long timestampMillis) {
        assertThat(WriteVersions.ofRecord(timestampMillis, 0)).isPositive();
        assertThat(WriteVersions.ofRecord(timestampMillis, 1))
                .isGreaterThan(WriteVersions.ofRecord(timestampMillis, 0));
    }
}
