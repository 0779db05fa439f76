package dev.fovea.tests.integration;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.fovea.proto.v1.Keypoint;
import dev.fovea.proto.v1.PatchDescriptionResult;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads what a careful downstream consumer reads (read_committed) and writes down every broken promise.
///
/// Runs on its own thread until stopped; [#answered] may be read by any thread, the rest after [#stop].
final class Ledger implements AutoCloseable {

    private static final double DESCRIPTOR_TOLERANCE = 1e-4;

    private final String results;
    private final String deadLetters;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean closing;

    // owned by the reading thread until it has ended
    private final BitSet seen = new BitSet();
    private final Map<String, Integer> lastOfKey = new HashMap<>();
    private final Map<Integer, PatchDescriptionResult> firstOfImage = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private int deadLetterCount;

    Ledger(String bootstrapServers, String results, String deadLetters) {
        this.results = results;
        this.deadLetters = deadLetters;
        // No group: one would make the ledger itself read again after a rebalance.
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        this.thread = Thread.ofPlatform().name("ledger").start(this::read);
    }

    /// Results and dead letters read so far, repeats included.
    int answered() {
        return answered.get();
    }

    /// What went wrong, one line each; read after [#stop].
    List<String> violations() {
        return violations;
    }

    int deadLetterCount() {
        return deadLetterCount;
    }

    /// Numbers below `events` that nobody answered.
    List<Integer> missing(int events) {
        return IntStream.range(0, events)
                .filter(number -> !seen.get(number))
                .boxed()
                .toList();
    }

    /// Stops reading; what was seen may be judged after it.
    void stop() throws InterruptedException {
        closing = true;
        thread.join();
    }

    @Override
    public void close() {
        closing = true;
    }

    private void read() {
        try (consumer) {
            List<TopicPartition> partitions = Stream.of(results, deadLetters)
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!closing) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    if (record.topic().equals(results)) {
                        result(record);
                    } else {
                        deadLetter(record);
                    }
                    answered.incrementAndGet();
                }
            }
        }
    }

    private void result(ConsumerRecord<byte[], byte[]> record) {
        PatchDescriptionResult result;
        try {
            result = PatchDescriptionResult.parseFrom(record.value());
        } catch (InvalidProtocolBufferException unreadable) {
            violations.add("unreadable result at " + record.offset() + ": " + unreadable.getMessage());
            return;
        }
        int number = Integer.parseInt(result.getImageId());
        once(number, record);
        if (EventLoad.poisoned(number)) {
            violations.add("event " + number + " is poisoned but has a result");
        }
        Integer last = lastOfKey.put(new String(record.key(), StandardCharsets.UTF_8), number);
        if (last != null && last > number) {
            violations.add("event " + number + " came after " + last + " of the same key");
        }
        PatchDescriptionResult first = firstOfImage.putIfAbsent(EventLoad.image(number), result);
        if (first != null && !sameAnswer(first, result)) {
            violations.add("event " + number + " has another image's answer");
        }
    }

    private void deadLetter(ConsumerRecord<byte[], byte[]> record) {
        deadLetterCount++;
        int number = Integer.parseInt(text(record, EventLoad.NUMBER_HEADER));
        once(number, record);
        if (!EventLoad.poisoned(number)) {
            violations.add(
                    "event " + number + " is sound but was dead-lettered: " + text(record, "dead-letter-reason"));
        }
    }

    private void once(int number, ConsumerRecord<byte[], byte[]> record) {
        if (seen.get(number)) {
            violations.add("event " + number + " was answered twice, again in " + record.topic() + "-"
                    + record.partition() + " at " + record.offset());
        }
        seen.set(number);
        if (!EventLoad.key(number).equals(new String(record.key(), StandardCharsets.UTF_8))) {
            violations.add("event " + number + " was answered under the key of another");
        }
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
        var found = record.headers().lastHeader(header);
        return found == null ? "" : new String(found.value(), StandardCharsets.UTF_8);
    }

    private static boolean sameAnswer(PatchDescriptionResult a, PatchDescriptionResult b) {
        List<Keypoint> keypoints = a.getKeypointsList();
        return keypoints.equals(b.getKeypointsList())
                && close(
                        a.getDescriptors().getData().asReadOnlyByteBuffer(),
                        b.getDescriptors().getData().asReadOnlyByteBuffer());
    }

    private static boolean close(ByteBuffer a, ByteBuffer b) {
        if (a.remaining() != b.remaining()) {
            return false;
        }
        var left = a.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        var right = b.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        while (left.hasRemaining()) {
            if (!(Math.abs(left.get() - right.get()) <= DESCRIPTOR_TOLERANCE)) {
                return false;
            }
        }
        return true;
    }
}
