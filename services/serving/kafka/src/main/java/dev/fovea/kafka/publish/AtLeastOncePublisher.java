package dev.fovea.kafka.publish;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/// Flushes records, then commits offsets. What fails or crashes in between is published again.
public final class AtLeastOncePublisher implements Publisher {

    private final Consumer<byte[], byte[]> consumer;
    private final Supplier<Producer<byte[], byte[]>> newProducer;
    private @Nullable Producer<byte[], byte[]> producer; // owned by the consumer's thread

    /// @param newProducer idempotent producers without transactions; this object closes them
    public AtLeastOncePublisher(Consumer<byte[], byte[]> consumer, Supplier<Producer<byte[], byte[]>> newProducer) {
        this.consumer = consumer;
        this.newProducer = newProducer;
    }

    @Override
    public void recover() {
        // Nothing is ever undecided: what was not committed is published again, by a producer without a history.
        close();
        producer = newProducer.get();
    }

    @Override
    public void publish(Commit commit) throws RecordsTooLarge {
        Producer<byte[], byte[]> current = producer;
        if (current == null) {
            throw new IllegalStateException("recover() comes first");
        }
        Sends sends = new Sends(current);
        sends.sendAll(commit.records());
        sends.await();
        consumer.commitSync(commit.offsets());
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }
}
