package dev.fovea.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LagReportTest {

    private static final TopicPartition FIRST = new TopicPartition("images", 0);
    private static final TopicPartition SECOND = new TopicPartition("images", 1);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final List<Long> told = new ArrayList<>();

    @Test
    void recordsThatWereNotPolledAreSummedOverPartitions() {
        consumer.assign(List.of(FIRST, SECOND));
        consumer.updateBeginningOffsets(Map.of(FIRST, 10L, SECOND, 0L));
        consumer.updateEndOffsets(Map.of(FIRST, 17L, SECOND, 5L));
        consumer.poll(Duration.ZERO);

        report().tell();

        assertThat(told).containsExactly(12L);
    }

    @Test
    void itTellsOnceASecond() {
        LagReport report = report();
        report.tell();
        nanos.addAndGet(999_999_999);
        report.tell();
        nanos.addAndGet(1);
        report.tell();

        assertThat(told).hasSize(2);
    }

    private LagReport report() {
        return new LagReport(consumer, new Measures(nanos::get, new LagOnly(told)));
    }

    private record LagOnly(List<Long> told) implements ConsumerMetrics {

        @Override
        public void lag(long records) {
            told.add(records);
        }

        @Override
        public void consumed(long sizeBytes) {}

        @Override
        public void published(Duration latency) {}

        @Override
        public void deadLettered(String code) {}

        @Override
        public void retried(String code) {}

        @Override
        public void committed(int records, Duration took) {}

        @Override
        public void commitFailed(String cause) {}

        @Override
        public void inFlight(int records, long bytes) {}

        @Override
        public void paused(boolean paused) {}
    }
}
