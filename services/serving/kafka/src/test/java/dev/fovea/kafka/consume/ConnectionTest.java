package dev.fovea.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.inference.Ticker;
import dev.fovea.kafka.AnsweringModel;
import dev.fovea.kafka.EventAnswer;
import dev.fovea.kafka.EventListener;
import dev.fovea.kafka.ImageEvent;
import dev.fovea.kafka.KafkaSettings;
import dev.fovea.kafka.form.ImageForm;
import dev.fovea.kafka.publish.Publisher;
import dev.fovea.proto.v1.PatchDescriptionResult;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ConnectionTest {

    private static final TopicPartition PARTITION = new TopicPartition("images", 2);

    private final LeavingConsumer consumer = new LeavingConsumer();
    private final FailingPublisher publisher = new FailingPublisher();

    @Test
    @Timeout(60)
    void closingAfterAFailedCommitStartsNoProducerAgain() {
        Connection connection = connected();
        publisher.failure = new KafkaException("the answer was lost");
        while (publisher.published.isEmpty()) {
            connection.turn(false);
        }

        connection.close();

        assertThat(consumer.revokedOnLeaving).isTrue();
        assertThat(publisher.recoveries).isEqualTo(1);
        assertThat(publisher.open).isFalse();
    }

    @Test
    @Timeout(60)
    void partitionsThatGoElsewhereAreFinishedAndCommittedFirst() {
        Connection connection = connected();
        connection.turn(false);

        consumer.rebalance(List.of());

        assertThat(publisher.published).hasSize(1);
        assertThat(connection.load().records()).isZero();
        connection.close();
    }

    /// A member of the group with one event polled.
    private Connection connected() {
        KafkaSettings settings = KafkaSettings.of("localhost:9092", "test", "results")
                .withTopics(new KafkaSettings.Topics("images", "results", "dead"));
        EventListener<ImageEvent> listener = (event, _) -> new EventAnswer(
                "t", PatchDescriptionResult.getDefaultInstance(), new AnsweringModel("m", 1, "sha256:0"));
        Connection connection = new Connection(
                settings,
                clients(),
                new EventKind<>(new ImageForm(), listener),
                new Measures(Ticker.system(), ConsumerMetrics.NONE),
                () -> {});
        connection.open();
        consumer.rebalance(List.of(PARTITION));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 40L));
        consumer.addRecord(
                InputRecord.of("file").header("content-type", "image/png").record());
        return connection;
    }

    private KafkaClients clients() {
        return new KafkaClients() {
            @Override
            public Consumer<byte[], byte[]> consumer() {
                return consumer;
            }

            @Override
            public Publisher publisher(Consumer<byte[], byte[]> committing) {
                return publisher;
            }
        };
    }

    /// Tells of the revocation that leaving the group is, as Kafka's own consumer does and its mock does not.
    private static final class LeavingConsumer extends MockConsumer<byte[], byte[]> {

        private @Nullable ConsumerRebalanceListener told;
        private boolean revokedOnLeaving;

        private LeavingConsumer() {
            super("earliest");
        }

        @Override
        public synchronized void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
            told = listener;
            super.subscribe(topics, listener);
        }

        @Override
        public void close(CloseOptions options) {
            if (told != null) {
                told.onPartitionsRevoked(assignment());
                revokedOnLeaving = true;
            }
            super.close(options);
        }
    }
}
