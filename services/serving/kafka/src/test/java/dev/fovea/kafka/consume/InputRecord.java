package dev.fovea.kafka.consume;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/// Input records for tests, made header by header.
public final class InputRecord {

    private final RecordHeaders headers = new RecordHeaders();
    private byte @Nullable [] key;
    private byte @Nullable [] value;
    private int partition = 2;
    private long offset = 40;

    public static InputRecord of(byte @Nullable [] value) {
        InputRecord record = new InputRecord();
        record.value = value;
        return record;
    }

    public static InputRecord of(String value) {
        return of(value.getBytes(StandardCharsets.UTF_8));
    }

    public InputRecord key(String text) {
        return key(text.getBytes(StandardCharsets.UTF_8));
    }

    public InputRecord key(byte[] bytes) {
        key = bytes;
        return this;
    }

    public InputRecord header(String name, String text) {
        headers.add(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public InputRecord at(int number, long place) {
        partition = number;
        offset = place;
        return this;
    }

    /// The attributes that every CloudEvent has.
    public InputRecord cloudEvent() {
        return header("ce_specversion", "1.0")
                .header("ce_id", "event-1")
                .header("ce_source", "/camera/3")
                .header("ce_type", "photo.taken");
    }

    /// At topic `images`, partition 2, offset 40 if not said otherwise, one second after 1970.
    @SuppressWarnings("NullAway") // Kafka's records have null keys and values, but its classes say nothing of it
    public ConsumerRecord<byte[], byte[]> record() {
        return new ConsumerRecord<>(
                "images",
                partition,
                offset,
                1000,
                TimestampType.CREATE_TIME,
                key == null ? -1 : key.length,
                value == null ? -1 : value.length,
                key,
                value,
                headers,
                Optional.of(5));
    }
}
