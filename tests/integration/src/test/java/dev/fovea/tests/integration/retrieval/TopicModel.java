package dev.fovea.tests.integration.retrieval;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import dev.fovea.proto.v1.ImageEvent;
import dev.fovea.proto.v1.MetadataValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// What an index of a topic of images must hold: of each id the last event, and nothing where that was a
/// delete.
///
/// @param events those of each partition in order
/// @param images by id
record TopicModel(List<Written> events, SortedMap<String, Image> images) {

    /// Fields that the collection of these tests declares.
    static final Map<String, String> FIELDS = Map.of("colour", "text", "number", "number", "taken", "time");

    /// Of a service whose answers can be compared bit by bit.
    static final Map<String, String> SETTINGS = settings();

    /// One event's write.
    record Written(int partition, String id, long version, boolean deleted) {}

    /// What is kept of an image.
    record Image(long version, ByteString file, Map<String, MetadataValue> metadata) {}

    static TopicModel of(List<ConsumerRecord<byte[], byte[]>> records) throws InvalidProtocolBufferException {
        Map<String, Long> last = new HashMap<>();
        SortedMap<String, Image> images = new TreeMap<>();
        List<Written> events = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            String id = new String(record.key(), UTF_8);
            long version = version(record);
            Optional<byte[]> value = Optional.ofNullable(record.value());
            events.add(new Written(record.partition(), id, version, value.isEmpty()));
            if (version < last.getOrDefault(id, 0L)) {
                continue;
            }
            last.put(id, version);
            images.remove(id);
            if (value.isPresent()) {
                images.put(
                        id,
                        image(
                                version,
                                value.get(),
                                record.headers().lastHeader("content-type").value()));
            }
        }
        return new TopicModel(events, images);
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(RetrievalUnderTest.SAME_BITS);
        FIELDS.forEach((name, type) -> settings.put("fovea.retrieval.collections.images.fields." + name, type));
        return settings;
    }

    /// The record's time, then its place.
    private static long version(ConsumerRecord<byte[], byte[]> record) {
        return (record.timestamp() << 20) | (record.offset() & 0xFFFFF);
    }

    private static Image image(long version, byte[] value, byte[] contentType) throws InvalidProtocolBufferException {
        if (new String(contentType, UTF_8).equals("image/jpeg")) {
            return new Image(version, ByteString.copyFrom(value), Map.of());
        }
        ImageEvent event = ImageEvent.parseFrom(value);
        Map<String, MetadataValue> metadata = new HashMap<>();
        event.getAttributesMap().forEach((name, text) -> {
            if (FIELDS.containsKey(name)) {
                metadata.put(name, read(name, text));
            }
        });
        return new Image(version, event.getImage().getContent(), metadata);
    }

    private static MetadataValue read(String name, String text) {
        var value = MetadataValue.newBuilder();
        return switch (name) {
            case "colour" -> value.setText(text).build();
            case "number" -> value.setNumber(Double.parseDouble(text)).build();
            default -> value.setTime(time(Instant.parse(text))).build();
        };
    }

    private static Timestamp time(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
