package dev.fovea.kafka;

/// Where an event lies, and since when. Of two events of one partition the later one has the larger offset.
///
/// @param timestampMillis of the record, since 1970: its sender's clock, or the broker's where the topic says so; -1 if
///     the record has none
public record EventPosition(String topic, int partition, long offset, long timestampMillis) {}
