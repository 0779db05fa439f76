package dev.fovea.kafka.publish;

import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/// A record to publish for an event of one input partition.
///
/// @param record without a partition; the publisher chooses it from the input's, see [Publisher]
/// @param shorter what is published instead if the brokers refuse the record for its size
public record Outgoing(int inputPartition, ProducerRecord<byte[], byte[]> record, Optional<Outgoing> shorter) {

    /// A record of which nothing can be left out.
    public Outgoing(int inputPartition, ProducerRecord<byte[], byte[]> record) {
        this(inputPartition, record, Optional.empty());
    }

    /// Key, value and headers.
    public long sizeBytes() {
        long size = length(record.key()) + length(record.value());
        for (Header header : record.headers()) {
            // Three bytes at most for each of the two lengths, as far as headers are of a sensible size.
            size += header.key().length() + length(header.value()) + 6;
        }
        return size;
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
