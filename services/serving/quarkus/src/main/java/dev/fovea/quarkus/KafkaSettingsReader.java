package dev.fovea.quarkus;

import dev.fovea.kafka.KafkaSettings;
import dev.fovea.quarkus.config.KafkaConfig;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// The Kafka entrance's configuration to its settings; pure.
final class KafkaSettingsReader {

    private KafkaSettingsReader() {}

    /// @throws IllegalArgumentException if values contradict each other
    static KafkaSettings read(KafkaConfig config, ServiceIdentity service) {
        KafkaSettings defaults = KafkaSettings.of(config.bootstrapServers(), service.name(), service.resultTopic());
        return defaults.withWorker(worker(config, defaults.worker()))
                .withTopics(topics(config.topics(), defaults.topics()))
                .withPublishing(new KafkaSettings.Publishing(
                        config.delivery(),
                        config.format(),
                        config.commitInterval(),
                        Math.toIntExact(config.maxRecordBytes().asLongValue())))
                .withInFlight(new KafkaSettings.InFlight(
                        config.maxInFlight(), config.maxInFlightBytes().asLongValue()))
                .withRetry(new KafkaSettings.Retry(
                        config.retry().attempts(),
                        config.retry().firstDelay(),
                        config.retry().longestDelay()))
                .withTiming(new KafkaSettings.Timing(config.eventDeadline(), config.rebalanceLimit()))
                .withClientProperties(config.properties());
    }

    /// The settings of every source, in their order.
    ///
    /// @throws IllegalArgumentException if values contradict each other, or two sources have one consumer group:
    ///     they would take each other's partitions and fence each other's transactions
    static SequencedMap<EventSource<?>, KafkaSettings> readAll(
            KafkaConfig config, ServiceIdentity service, List<EventSource<?>> sources) {
        KafkaSettings images = read(config, service);
        SequencedMap<EventSource<?>, KafkaSettings> all = new LinkedHashMap<>();
        Map<String, String> sourceOfGroup = new HashMap<>();
        for (EventSource<?> source : sources) {
            KafkaSettings settings = source.route()
                    .map(route -> routed(images, source.name(), route))
                    .orElse(images);
            String group = settings.worker().groupId();
            String other = sourceOfGroup.put(group, source.name());
            if (other != null) {
                throw new IllegalArgumentException(
                        "the consumers of " + other + " and " + source.name() + " have one group: " + group);
            }
            all.put(source, settings);
        }
        return all;
    }

    private static KafkaSettings routed(KafkaSettings images, String name, EventSource.Route route) {
        KafkaSettings.Worker worker = images.worker();
        return images.withWorker(new KafkaSettings.Worker(
                        worker.service(), worker.service() + "-" + name, route.group(), worker.instanceId()))
                .withTopics(new KafkaSettings.Topics(
                        route.topic(), route.results(), images.topics().deadLetters()));
    }

    private static KafkaSettings.Worker worker(KafkaConfig config, KafkaSettings.Worker defaults) {
        return new KafkaSettings.Worker(
                defaults.service(),
                config.group().orElse(defaults.groupId()),
                config.instanceId().orElse(defaults.instanceId()));
    }

    private static KafkaSettings.Topics topics(KafkaConfig.TopicsConfig config, KafkaSettings.Topics defaults) {
        return new KafkaSettings.Topics(
                config.images(),
                config.results().orElse(defaults.results()),
                config.deadLetters().orElse(defaults.deadLetters()));
    }
}
