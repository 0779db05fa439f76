package dev.fovea.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteVersionsTest {
    private static final long MILLIS = 1_785_499_200_000L;

    private Instant now = Instant.ofEpochMilli(MILLIS);
    private final WriteVersions versions = new WriteVersions(() -> now, () -> 0);

    @Test
    void aWriteHasTheTimeAndThoseOfOneMillisecondCountUp() {
        assertThat(versions.next()).isEqualTo(MILLIS << 20);
        assertThat(versions.next()).isEqualTo((MILLIS << 20) + 1);

        now = now.plusMillis(3);

        assertThat(versions.next()).isEqualTo((MILLIS + 3) << 20);
    }

    @Test
    void versionsAscendThoughTheClockGoesBack() {
        long before = versions.next();

        now = now.minusSeconds(60);

        assertThat(versions.next()).isEqualTo(before + 1);
    }

    @Test
    void twoProcessesMakeDifferentVersionsInTheSameMillisecond() {
        var one = new WriteVersions(() -> now, new Random(1));
        var other = new WriteVersions(() -> now, new Random(2));

        assertThat(List.of(one.next(), one.next(), other.next(), other.next())).doesNotHaveDuplicates();
    }

    @Test
    void versionsAscendThroughTheEndOfAMillisecond() {
        var counting = new WriteVersions(() -> now, new Random(1));
        long last = 0;
        for (int i = 0; i < 1 << 20; i++) {
            last = counting.next();
        }

        now = now.plusMillis(1);

        assertThat(last).isGreaterThan((MILLIS + 1) << 20);
        assertThat(counting.next()).isGreaterThan(last);
    }

    @Test
    void noTwoThreadsGetTheSameVersion() throws InterruptedException, ExecutionException {
        var shared = new WriteVersions(InstantSource.fixed(now));
        Set<Long> seen = ConcurrentHashMap.newKeySet();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Stream<Future<?>> all = IntStream.range(0, 8)
                    .mapToObj(
                            _ -> threads.submit(() -> IntStream.range(0, 1_000).forEach(_ -> seen.add(shared.next()))));
            for (Future<?> each : all.toList()) {
                each.get();
            }
        }

        assertThat(seen).hasSize(8_000);
    }

    @Test
    void aRecordHasItsTimestampAndTheLowBitsOfItsOffset() {
        assertThat(WriteVersions.ofRecord(MILLIS, 5)).isEqualTo((MILLIS << 20) + 5);
        assertThat(WriteVersions.ofRecord(MILLIS, (7L << 20) + 5)).isEqualTo((MILLIS << 20) + 5);
        assertThat(WriteVersions.ofRecord(MILLIS, 5))
                .isLessThan(WriteVersions.ofRecord(MILLIS, 6))
                .isLessThan(WriteVersions.ofRecord(MILLIS + 1, 0));
    }

    @Test
    void aRecordWithoutTimestampIsOlderThanEveryWrite() {
        assertThat(WriteVersions.ofRecord(-1, 5)).isEqualTo((1L << 20) + 5).isLessThan(versions.next());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1, 1L << 43, Long.MAX_VALUE})
    void everyTimestampGivesARepeatableVersionInTheOrderOfOffsets(long timestampMillis) {
        assertThat(WriteVersions.ofRecord(timestampMillis, 0)).isPositive();
        assertThat(WriteVersions.ofRecord(timestampMillis, 1))
                .isGreaterThan(WriteVersions.ofRecord(timestampMillis, 0));
    }

    /// The later one by time wins, whichever entrance it came by.
    @Test
    void callsAndRecordsAreInOneOrder() {
        long record = WriteVersions.ofRecord(MILLIS - 1, (1L << 20) - 1);
        long call = versions.next();
        long later = WriteVersions.ofRecord(MILLIS + 1, 0);

        assertThat(call).isGreaterThan(record).isLessThan(later);
    }
}
