package dev.fovea.quarkus.metrics;

import dev.fovea.kafka.consume.ConsumerMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// One consumer of the Kafka entrance; every meter has its topic as tag. Any thread.
public final class MicrometerConsumerMetrics implements ConsumerMetrics {

    private static final String TOPIC = "topic";

    private final DistributionSummary consumed;
    private final Timer published;
    private final Timer commits;
    private final DistributionSummary committed;
    private final MeterProvider<Counter> deadLetters;
    private final MeterProvider<Counter> retries;
    private final MeterProvider<Counter> commitFailures;
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong lag = new AtomicLong();
    private final AtomicLong paused = new AtomicLong();

    /// @param topic that events come from
    public MicrometerConsumerMetrics(MeterRegistry registry, String topic) {
        consumed = DistributionSummary.builder("fovea.kafka.consumed")
                .tag(TOPIC, topic)
                .description("Events polled, with their size")
                .baseUnit("bytes")
                .register(registry);
        published = Durations.timer("fovea.kafka.published", "Results made visible: poll to commit")
                .tag(TOPIC, topic)
                .register(registry);
        commits = Durations.timer("fovea.kafka.commit", "One commit")
                .tag(TOPIC, topic)
                .register(registry);
        committed = DistributionSummary.builder("fovea.kafka.committed")
                .tag(TOPIC, topic)
                .description("Events of one commit")
                .register(registry);
        deadLetters = Counter.builder("fovea.kafka.dead.letters")
                .tag(TOPIC, topic)
                .description("Events that will never succeed")
                .withRegistry(registry);
        retries = Counter.builder("fovea.kafka.retries")
                .tag(TOPIC, topic)
                .description("Attempts that will be repeated")
                .withRegistry(registry);
        commitFailures = Counter.builder("fovea.kafka.commit.failures")
                .tag(TOPIC, topic)
                .description("Commits that will be repeated")
                .withRegistry(registry);
        Gauge.builder("fovea.kafka.in.flight.records", records, AtomicLong::doubleValue)
                .tag(TOPIC, topic)
                .description("Polled and not yet committed")
                .register(registry);
        Gauge.builder("fovea.kafka.in.flight.bytes", bytes, AtomicLong::doubleValue)
                .tag(TOPIC, topic)
                .description("Polled and not yet committed")
                .register(registry);
        Gauge.builder("fovea.kafka.lag", lag, AtomicLong::doubleValue)
                .tag(TOPIC, topic)
                .description("Events of the assigned partitions that were not polled yet")
                .register(registry);
        Gauge.builder("fovea.kafka.paused", paused, AtomicLong::doubleValue)
                .tag(TOPIC, topic)
                .description("1 while back-pressure holds all partitions")
                .register(registry);
    }

    @Override
    public void consumed(long sizeBytes) {
        consumed.record((double) sizeBytes);
    }

    @Override
    public void published(Duration latency) {
        published.record(latency);
    }

    @Override
    public void deadLettered(String code) {
        deadLetters.withTag("code", code).increment();
    }

    @Override
    public void retried(String code) {
        retries.withTag("code", code).increment();
    }

    @Override
    public void committed(int count, Duration took) {
        committed.record(count);
        commits.record(took);
    }

    @Override
    public void commitFailed(String cause) {
        commitFailures.withTag("cause", cause).increment();
    }

    @Override
    public void inFlight(int count, long size) {
        records.set(count);
        bytes.set(size);
    }

    @Override
    public void lag(long events) {
        lag.set(events);
    }

    @Override
    public void paused(boolean now) {
        paused.set(now ? 1 : 0);
    }
}
