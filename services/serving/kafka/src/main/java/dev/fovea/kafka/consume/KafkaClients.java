package dev.fovea.kafka.consume;

import dev.fovea.kafka.KafkaSettings;
import dev.fovea.kafka.publish.AtLeastOncePublisher;
import dev.fovea.kafka.publish.ExactlyOncePublisher;
import dev.fovea.kafka.publish.Publisher;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/// Where the loop gets its clients from. Whoever asks closes them.
interface KafkaClients {

    Consumer<byte[], byte[]> consumer();

    /// Commits for `consumer`.
    Publisher publisher(Consumer<byte[], byte[]> consumer);

    /// Clients of the brokers that the settings name.
    ///
    /// @throws IllegalArgumentException if the settings override what delivery depends on
    static KafkaClients of(KafkaSettings settings) {
        Map<String, Object> consumerProperties = ClientProperties.consumer(settings);
        Map<String, Object> producerProperties = ClientProperties.producer(settings);
        return new KafkaClients() {
            @Override
            public Consumer<byte[], byte[]> consumer() {
                return new KafkaConsumer<>(consumerProperties);
            }

            @Override
            public Publisher publisher(Consumer<byte[], byte[]> consumer) {
                return switch (settings.publishing().delivery()) {
                    case EXACTLY_ONCE -> new ExactlyOncePublisher(consumer, this::producer);
                    case AT_LEAST_ONCE -> new AtLeastOncePublisher(consumer, this::producer);
                };
            }

            private Producer<byte[], byte[]> producer() {
                return new KafkaProducer<>(producerProperties);
            }
        };
    }
}
