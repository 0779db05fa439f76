package dev.fovea.kafka.consume;

import dev.fovea.kafka.publish.Outgoing;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// One polled record until its commit. Owned by the consumer's thread, but for `record`, which anyone may read.
final class EventInFlight {

    private final ConsumerRecord<byte[], byte[]> record;
    private final TopicPartition partition;
    private final long sequence;
    private final long polledNanos;
    private int attempts;
    private EventName name = EventName.of("", Optional.empty());
    private @Nullable Future<?> running;
    private @Nullable Outcome outcome;
    private boolean dropped;

    /// @param sequence number of the event in the order of polling
    EventInFlight(ConsumerRecord<byte[], byte[]> record, long sequence, long polledNanos) {
        this.record = record;
        this.partition = new TopicPartition(record.topic(), record.partition());
        this.sequence = sequence;
        this.polledNanos = polledNanos;
    }

    ConsumerRecord<byte[], byte[]> record() {
        return record;
    }

    TopicPartition partition() {
        return partition;
    }

    long sequence() {
        return sequence;
    }

    long polledNanos() {
        return polledNanos;
    }

    /// What is held in memory: the input until the commit (a dead letter needs it), and the record to publish.
    long sizeBytes() {
        long input = Math.max(0L, record.serializedKeySize()) + Math.max(0L, record.serializedValueSize());
        return input + outgoing().map(Outgoing::sizeBytes).orElse(0L);
    }

    OffsetAndMetadata offsetAfter() {
        return new OffsetAndMetadata(record.offset() + 1, record.leaderEpoch(), "");
    }

    int attempts() {
        return attempts;
    }

    void attemptStarted(Future<?> attempt) {
        running = attempt;
        attempts++;
    }

    /// Empty until its first attempt has ended.
    EventName name() {
        return name;
    }

    void named(EventName parsed) {
        name = parsed;
    }

    /// @param counts whether the attempt is held against the event
    void attemptEnded(boolean counts) {
        running = null;
        if (!counts) {
            attempts--;
        }
    }

    void finished(Outcome how) {
        outcome = how;
    }

    Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    Optional<Outgoing> outgoing() {
        return outcome().flatMap(Outcome::outgoing);
    }

    /// Its partition belongs to somebody else now, or its commit turned out to have happened.
    ///
    /// @return whether an attempt was under way; it is interrupted, and its end may never be heard of
    boolean drop() {
        dropped = true;
        if (running == null) {
            return false;
        }
        running.cancel(true);
        return true;
    }

    boolean isDropped() {
        return dropped;
    }

    @Override
    public String toString() {
        return partition + "@" + record.offset();
    }
}
