package dev.fovea.kafka.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class ExactlyOncePublisherTest {

    private static final TopicPartition INPUT = new TopicPartition("images", 4);

    private final List<MockProducer<byte[], byte[]>> producers = new ArrayList<>();
    private final ExactlyOncePublisher publisher =
            new ExactlyOncePublisher(new MockConsumer<>("earliest"), this::newProducer);

    @Test
    void recordsAndOffsetsCommitTogether() throws Exception {
        publisher.recover();

        publisher.publish(commit(record(4, "a"), record(4, "b")));

        assertThat(producers.getFirst().commitCount()).isEqualTo(1);
        assertThat(producers.getFirst().history())
                .extracting(r -> new String(r.value(), StandardCharsets.UTF_8))
                .containsExactly("a", "b");
        assertThat(producers.getFirst().consumerGroupOffsetsHistory()).hasSize(1);
    }

    @Test
    void aRecordGoesToThePartitionOfItsInputModuloThePartitionsThereAre() throws Exception {
        publisher.recover();

        publisher.publish(commit(record(0, "a"), record(2, "b"), record(4, "c")));

        assertThat(producers.getFirst().history())
                .extracting(ProducerRecord::partition)
                .containsExactly(0, 2, 1);
    }

    @Test
    void aFailedTransactionIsAbortedAndTheProducerGoesOn() throws Exception {
        publisher.recover();
        producers.getFirst().sendOffsetsToTransactionException = new KafkaException("coordinator moved");

        assertThatExceptionOfType(KafkaException.class).isThrownBy(() -> publisher.publish(commit(record(4, "a"))));

        assertThat(producers.getFirst().transactionAborted()).isTrue();
        producers.getFirst().sendOffsetsToTransactionException = null;
        publisher.recover();
        publisher.publish(commit(record(4, "a")));
        assertThat(producers).hasSize(1);
        assertThat(producers.getFirst().history()).hasSize(1);
    }

    @Test
    void aFencedProducerIsGivenUpForASuccessor() throws Exception {
        publisher.recover();
        producers.getFirst().fenceProducer();

        assertThatExceptionOfType(ProducerFencedException.class)
                .isThrownBy(() -> publisher.publish(commit(record(4, "a"))));

        assertThat(producers.getFirst().closed()).isTrue();
        publisher.recover();
        publisher.publish(commit(record(4, "a")));
        assertThat(producers).hasSize(2);
        assertThat(producers.getLast().commitCount()).isEqualTo(1);
    }

    @Test
    void aCommitThatTimedOutIsLeftToASuccessorBecauseItCannotBeAborted() {
        publisher.recover();
        producers.getFirst().commitTransactionException = new TimeoutException("no answer");
        producers.getFirst().abortTransactionException = new IllegalStateException("the commit must be retried");

        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> publisher.publish(commit(record(4, "a"))));

        assertThat(producers.getFirst().closed()).isTrue();
        publisher.recover();
        assertThat(producers).hasSize(2);
        assertThat(producers.getLast().transactionInitialized()).isTrue();
    }

    @Test
    void aSuccessorThatCannotStartIsClosedAndTriedAgain() {
        RuntimeException[] failures = {new TimeoutException("brokers are away"), null};
        ExactlyOncePublisher late = new ExactlyOncePublisher(new MockConsumer<>("earliest"), () -> {
            MockProducer<byte[], byte[]> producer = newProducer();
            producer.initTransactionException = failures[producers.size() - 1];
            return producer;
        });

        assertThatExceptionOfType(TimeoutException.class).isThrownBy(late::recover);
        late.recover();

        assertThat(producers).extracting(MockProducer::closed).containsExactly(true, false);
    }

    @Test
    void publishesNothingBeforeItHasRecovered() {
        assertThatIllegalStateException().isThrownBy(() -> publisher.publish(commit(record(4, "a"))));
    }

    private MockProducer<byte[], byte[]> newProducer() {
        Node node = new Node(1, "localhost", 9092);
        List<PartitionInfo> partitions = IntStream.range(0, 3)
                .mapToObj(i -> new PartitionInfo("results", i, node, new Node[] {node}, new Node[] {node}))
                .toList();
        Cluster cluster = new Cluster("test", List.of(node), partitions, Set.of(), Set.of());
        MockProducer<byte[], byte[]> producer = new MockProducer<>(
                cluster, true, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
        producers.add(producer);
        return producer;
    }

    private static Outgoing record(int inputPartition, String value) {
        return new Outgoing(inputPartition, new ProducerRecord<>("results", value.getBytes(StandardCharsets.UTF_8)));
    }

    private static Commit commit(Outgoing... records) {
        return new Commit(List.of(records), Map.of(INPUT, new OffsetAndMetadata(41)));
    }
}
