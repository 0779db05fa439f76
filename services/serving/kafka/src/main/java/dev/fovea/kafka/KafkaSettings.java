package dev.fovea.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;

/// Everything configurable about one consumer of a service.
///
/// @param clientProperties passed to both clients; a key starting with `consumer.` or `producer.` goes, without the
///     prefix, to that one only. What delivery depends on (isolation, auto commit, idempotence, serializers, ids)
///     cannot be set here
public record KafkaSettings(
        String bootstrapServers,
        Worker worker,
        Topics topics,
        Publishing publishing,
        InFlight inFlight,
        Retry retry,
        Timing timing,
        Map<String, String> clientProperties) {

    public KafkaSettings {
        Settings.notBlank("bootstrapServers", bootstrapServers);
        clientProperties = Map.copyOf(clientProperties);
    }

    /// Names the client properties and leaves their values out: some are passwords.
    @Override
    public String toString() {
        return "KafkaSettings[bootstrapServers=" + bootstrapServers + ", " + worker + ", " + topics + ", " + publishing
                + ", " + inFlight + ", " + retry + ", " + timing + ", clientProperties="
                + new TreeSet<>(clientProperties.keySet()) + "]";
    }

    /// Defaults for everything that has one.
    ///
    /// @param service for example `patch-description`: group id, client ids and the dead-letter topic
    ///     derive from it
    public static KafkaSettings of(String bootstrapServers, String service, String resultTopic) {
        return new KafkaSettings(
                bootstrapServers,
                Worker.of(service),
                Topics.of(service, resultTopic),
                Publishing.DEFAULT,
                InFlight.DEFAULT,
                Retry.DEFAULT,
                Timing.DEFAULT,
                Map.of());
    }

    public KafkaSettings withWorker(Worker other) {
        return new KafkaSettings(
                bootstrapServers, other, topics, publishing, inFlight, retry, timing, clientProperties);
    }

    public KafkaSettings withTopics(Topics other) {
        return new KafkaSettings(
                bootstrapServers, worker, other, publishing, inFlight, retry, timing, clientProperties);
    }

    public KafkaSettings withPublishing(Publishing other) {
        return new KafkaSettings(bootstrapServers, worker, topics, other, inFlight, retry, timing, clientProperties);
    }

    public KafkaSettings withInFlight(InFlight other) {
        return new KafkaSettings(bootstrapServers, worker, topics, publishing, other, retry, timing, clientProperties);
    }

    public KafkaSettings withRetry(Retry other) {
        return new KafkaSettings(
                bootstrapServers, worker, topics, publishing, inFlight, other, timing, clientProperties);
    }

    public KafkaSettings withTiming(Timing other) {
        return new KafkaSettings(
                bootstrapServers, worker, topics, publishing, inFlight, retry, other, clientProperties);
    }

    public KafkaSettings withClientProperties(Map<String, String> other) {
        return new KafkaSettings(bootstrapServers, worker, topics, publishing, inFlight, retry, timing, other);
    }

    /// Who consumes.
    ///
    /// @param name of this consumer among those of the process, part of the names of threads, clients and
    ///     results: the service's for the one of images
    /// @param groupId of all instances of the service
    /// @param instanceId stable over restarts of one worker and different for each: the transactional id derives
    ///     from it, and a second worker with the same one fences the first
    public record Worker(String service, String name, String groupId, String instanceId) {

        public Worker {
            Settings.notBlank("service", service);
            Settings.notBlank("name", name);
            Settings.notBlank("groupId", groupId);
            Settings.notBlank("instanceId", instanceId);
        }

        /// The consumer of images.
        public Worker(String service, String groupId, String instanceId) {
            this(service, service, groupId, instanceId);
        }

        /// The consumer of images in group `fovea-<service>`, instance by host name (a StatefulSet's pod name,
        /// for one).
        public static Worker of(String service) {
            return new Worker(service, "fovea-" + service, Settings.hostName());
        }

        public String transactionalId() {
            return groupId + "-" + instanceId;
        }
    }

    /// Where events come from and go to.
    public record Topics(String events, String results, String deadLetters) {

        public Topics {
            Settings.notBlank("events", events);
            Settings.notBlank("results", results);
            Settings.notBlank("deadLetters", deadLetters);
        }

        public static Topics of(String service, String results) {
            return new Topics("fovea.images", results, "fovea." + service + ".dead-letters");
        }
    }

    /// How results go out.
    ///
    /// @param commitInterval 0 to 10 s; the longest a finished event waits for its commit
    /// @param maxRecordBytes 1 KiB to 1 GiB; no larger than the brokers' `message.max.bytes`
    public record Publishing(Delivery delivery, ResultFormat format, Duration commitInterval, int maxRecordBytes) {

        public static final Publishing DEFAULT =
                new Publishing(Delivery.EXACTLY_ONCE, ResultFormat.PROTOBUF, Duration.ofMillis(50), 20 << 20);

        public Publishing {
            Settings.inRange("commitInterval", commitInterval, Duration.ZERO, Duration.ofSeconds(10));
            Settings.inRange("maxRecordBytes", maxRecordBytes, 1 << 10, 1 << 30);
        }
    }

    /// How much may be polled and not yet committed; one poll may exceed the bytes by what it fetched.
    ///
    /// @param maxRecords 1 to 1,000,000
    /// @param maxBytes 1 MiB to 1 TiB, of events being worked on and results waiting for their commit
    public record InFlight(int maxRecords, long maxBytes) {

        public static final InFlight DEFAULT = new InFlight(512, 256L << 20);

        public InFlight {
            Settings.inRange("maxRecords", maxRecords, 1, 1_000_000);
            Settings.inRange("maxBytes", maxBytes, 1L << 20, 1L << 40);
        }
    }

    /// What happens to failures that may pass. An overloaded or unavailable service is retried for ever.
    ///
    /// @param attempts 1 to 100, the first included, before an event becomes a dead letter
    /// @param firstDelay 1 ms to 10 min; doubled for each further attempt
    /// @param longestDelay `firstDelay` to 10 min
    public record Retry(int attempts, Duration firstDelay, Duration longestDelay) {

        public static final Retry DEFAULT = new Retry(3, Duration.ofMillis(200), Duration.ofSeconds(5));

        public Retry {
            Settings.inRange("attempts", attempts, 1, 100);
            Settings.inRange("firstDelay", firstDelay, Duration.ofMillis(1), Duration.ofMinutes(10));
            Settings.inRange("longestDelay", longestDelay, firstDelay, Duration.ofMinutes(10));
        }
    }

    /// How long things may take.
    ///
    /// @param eventDeadline 1 ms to 10 min, for each attempt at one event
    /// @param drainLimit 0 to 60 s: how long a rebalance or a shutdown waits for events in flight
    public record Timing(Duration eventDeadline, Duration drainLimit) {

        public static final Timing DEFAULT = new Timing(Duration.ofSeconds(30), Duration.ofSeconds(10));

        public Timing {
            Settings.inRange("eventDeadline", eventDeadline, Duration.ofMillis(1), Duration.ofMinutes(10));
            Settings.inRange("drainLimit", drainLimit, Duration.ZERO, Duration.ofSeconds(60));
        }
    }
}
