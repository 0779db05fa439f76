package dev.fovea.kafka.publish;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// Records and the consumed offsets that they stand for.
///
/// @param records in the order in which each input partition's events were polled
public record Commit(List<Outgoing> records, Map<TopicPartition, OffsetAndMetadata> offsets) {

    public Commit {
        records = List.copyOf(records);
        offsets = Map.copyOf(offsets);
    }
}
