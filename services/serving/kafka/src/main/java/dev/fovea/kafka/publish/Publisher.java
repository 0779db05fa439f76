package dev.fovea.kafka.publish;

/// Makes records visible together with consumed offsets, as far as its delivery mode goes.
///
/// A record goes to the partition with the number of its input partition (modulo the topic's partitions), so events of
/// one input partition keep their order, and those with one key stay together however their sender partitions.
///
/// Confined to the thread that owns the consumer, which also closes it.
public interface Publisher extends AutoCloseable {

    /// Decides what an earlier, unfinished commit of this worker came to. Called before the first commit and after
    /// each failed one; committed offsets read afterwards tell which events are done.
    ///
    /// @throws org.apache.kafka.common.KafkaException if that cannot be had now; try again
    void recover();

    /// @throws RecordsTooLarge if records other than the rest are to blame; call [#recover] and go on without them
    /// @throws org.apache.kafka.common.KafkaException if the outcome may be unknown; call [#recover]
    void publish(Commit commit) throws RecordsTooLarge;

    /// Does not wait for anything.
    @Override
    void close();
}
