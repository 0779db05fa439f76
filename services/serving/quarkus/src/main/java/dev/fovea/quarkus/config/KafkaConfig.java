package dev.fovea.quarkus.config;

import dev.fovea.kafka.Delivery;
import dev.fovea.kafka.ResultFormat;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The Kafka entrance.
public interface KafkaConfig {

    @Setting(is = "consume image events; off: the service answers gRPC only")
    @WithDefault("false")
    boolean enabled();

    @Setting(is = "readiness waits until partitions are assigned; off: Kafka is reported and does not decide")
    @WithDefault("true")
    boolean required();

    @Setting(is = "brokers to ask first, as `host:port,host:port`")
    @WithDefault("localhost:9092")
    String bootstrapServers();

    TopicsConfig topics();

    @Setting(is = "consumer group of all instances of the service", otherwise = "`fovea-<service>`")
    Optional<String> group();

    @Setting(
            is = "name of this worker, different for each one of the group and the same after its restart: the"
                    + " transactional id derives from it",
            otherwise = "the host name")
    Optional<String> instanceId();

    @Setting(is = "what a crash may do: repeat work only, or repeat answers too")
    @WithDefault("exactly-once")
    Delivery delivery();

    @Setting(is = "how results are written")
    @WithDefault("protobuf")
    ResultFormat format();

    @Setting(is = "longest wait of a finished event for its commit", from = "0ms", to = "10s")
    @WithDefault("50ms")
    Duration commitInterval();

    @Setting(is = "largest result; the brokers' `message.max.bytes` must allow it", from = "1K", to = "1G")
    @WithDefault("20M")
    MemorySize maxRecordBytes();

    @Setting(is = "events polled and not yet committed", unit = "records", from = "1", to = "1000000")
    @WithDefault("512")
    int maxInFlight();

    @Setting(is = "bytes of events and results polled and not yet committed", from = "1M", to = "1024G")
    @WithDefault("256M")
    MemorySize maxInFlightBytes();

    @Setting(is = "deadline of each attempt at one event", from = "1ms", to = "10m")
    @WithDefault("30s")
    Duration eventDeadline();

    @Setting(is = "how long a rebalance waits for events in flight", from = "0ms", to = "60s")
    @WithDefault("10s")
    Duration rebalanceLimit();

    RetryConfig retry();

    @Setting(
            is = "properties of the Kafka clients (security, for one); the key ends in the property's name; `consumer.`"
                    + " or `producer.` before it gives it to that one only",
            otherwise = "none",
            secret = true)
    Map<String, String> properties();

    /// Where events come from and go to.
    interface TopicsConfig {

        @Setting(is = "topic of image events")
        @WithDefault("fovea.images")
        String images();

        @Setting(is = "topic of results", otherwise = "the service's own, see its README")
        Optional<String> results();

        @Setting(is = "topic of events that will never succeed", otherwise = "`fovea.<service>.dead-letters`")
        Optional<String> deadLetters();
    }

    /// What happens to failures that may pass.
    interface RetryConfig {

        @Setting(is = "attempts, the first included, before an event becomes a dead letter", from = "1", to = "100")
        @WithDefault("3")
        int attempts();

        @Setting(is = "wait before the second attempt, doubled for each further one", from = "1ms", to = "10m")
        @WithDefault("200ms")
        Duration firstDelay();

        @Setting(is = "longest wait between attempts", from = "1ms", to = "10m")
        @WithDefault("5s")
        Duration longestDelay();
    }
}
