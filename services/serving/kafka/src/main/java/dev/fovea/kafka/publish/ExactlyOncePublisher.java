package dev.fovea.kafka.publish;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/// Commits records and offsets in one transaction.
///
/// A producer that cannot abort (fenced, or a commit that timed out) is given up; its successor has the same
/// transactional id, so starting it makes the brokers finish or abort what the old one left.
public final class ExactlyOncePublisher implements Publisher {

    private final Consumer<byte[], byte[]> consumer;
    private final Supplier<Producer<byte[], byte[]>> newProducer;
    private @Nullable Producer<byte[], byte[]> producer; // owned by the consumer's thread

    /// @param newProducer transactional producers, always with the same id; this object closes them
    public ExactlyOncePublisher(Consumer<byte[], byte[]> consumer, Supplier<Producer<byte[], byte[]>> newProducer) {
        this.consumer = consumer;
        this.newProducer = newProducer;
    }

    @Override
    public void recover() {
        if (producer != null) {
            return;
        }
        Producer<byte[], byte[]> successor = newProducer.get();
        try {
            successor.initTransactions();
        } catch (RuntimeException notNow) {
            successor.close(Duration.ZERO);
            throw notNow;
        }
        producer = successor;
    }

    @Override
    public void publish(Commit commit) throws RecordsTooLarge {
        Producer<byte[], byte[]> current = producer;
        if (current == null) {
            throw new IllegalStateException("recover() comes first");
        }
        Sends sends = new Sends(current);
        try {
            current.beginTransaction();
            sends.sendAll(commit.records());
            current.sendOffsetsToTransaction(commit.offsets(), consumer.groupMetadata());
            current.commitTransaction();
        } catch (RuntimeException failure) {
            // Waits for outstanding sends, so all callbacks have been made when it returns.
            abort(current);
            sends.throwIfTooLarge();
            throw failure;
        }
    }

    private void abort(Producer<byte[], byte[]> current) {
        try {
            current.abortTransaction();
        } catch (RuntimeException beyondRepair) {
            close();
        }
    }

    @Override
    public void close() {
        if (producer != null) {
            // An open transaction is aborted by the successor or by the brokers after its timeout.
            producer.close(Duration.ZERO);
            producer = null;
        }
    }
}
