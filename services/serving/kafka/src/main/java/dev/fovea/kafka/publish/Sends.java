package dev.fovea.kafka.publish;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/// The sends of one commit, and what the brokers said to each. Callbacks come on the producer's thread.
final class Sends {

    private final Producer<byte[], byte[]> producer;

    @GuardedBy("this")
    private final Set<Outgoing> tooLarge = new HashSet<>();

    @GuardedBy("this")
    private @Nullable Exception firstFailure;

    Sends(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    void sendAll(Iterable<Outgoing> records) {
        for (Outgoing outgoing : records) {
            // The callback hears of every failure.
            Future<RecordMetadata> _ = producer.send(placed(outgoing), answerTo(outgoing));
        }
    }

    /// Waits for every answer.
    ///
    /// @throws KafkaException the first failure, if no record was too large
    void await() throws RecordsTooLarge {
        producer.flush();
        throwIfFailed();
    }

    synchronized void throwIfTooLarge() throws RecordsTooLarge {
        if (!tooLarge.isEmpty()) {
            throw new RecordsTooLarge(tooLarge, new KafkaException(firstFailure));
        }
    }

    private synchronized void throwIfFailed() throws RecordsTooLarge {
        throwIfTooLarge();
        if (firstFailure != null) {
            throw new KafkaException(firstFailure);
        }
    }

    private Callback answerTo(Outgoing outgoing) {
        return (metadata, failure) -> {
            if (failure != null) {
                failed(outgoing, failure);
            }
        };
    }

    private synchronized void failed(Outgoing outgoing, Exception failure) {
        if (firstFailure == null) {
            firstFailure = failure;
        }
        if (failure instanceof RecordTooLargeException) {
            tooLarge.add(outgoing);
        }
    }

    private ProducerRecord<byte[], byte[]> placed(Outgoing outgoing) {
        ProducerRecord<byte[], byte[]> record = outgoing.record();
        int partitions = producer.partitionsFor(record.topic()).size();
        return new ProducerRecord<>(
                record.topic(),
                outgoing.inputPartition() % partitions,
                record.timestamp(),
                record.key(),
                record.value(),
                record.headers());
    }
}
