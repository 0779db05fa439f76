package dev.fovea.quarkus;

import dev.fovea.kafka.KafkaSettings;
import dev.fovea.quarkus.config.KafkaConfig;

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
