package dev.fovea.tests.contract.service;

import com.google.protobuf.InvalidProtocolBufferException;
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

    private final ServiceUnderTest service;
    private final Topics topics;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean closing;

    // owned by the reading thread until it has ended
    private final BitSet seen = new BitSet();
    private final Map<String, Integer> lastOfKey = new HashMap<>();
    private final Map<Integer, ServiceAnswer> firstOfImage = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private int deadLetterCount;

    Ledger(ServiceUnderTest service, String bootstrapServers) {
        this.service = service;
        this.topics = Topics.of(service);
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

    /// The first answer to each image; read after [#stop].
    Map<Integer, ServiceAnswer> answerOfImage() {
        return firstOfImage;
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
            List<TopicPartition> partitions = Stream.of(topics.results(), topics.deadLetters())
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!closing) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    if (record.topic().equals(topics.results())) {
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
        ServiceResult result;
        try {
            result = service.result(record.value());
        } catch (InvalidProtocolBufferException unreadable) {
            violations.add("unreadable result at " + record.offset() + ": " + unreadable.getMessage());
            return;
        }
        int number = Integer.parseInt(result.imageId());
        once(number, record);
        if (EventLoad.poisoned(number)) {
            violations.add("event " + number + " is poisoned but has a result");
        }
        Integer last = lastOfKey.put(new String(record.key(), StandardCharsets.UTF_8), number);
        if (last != null && last > number) {
            violations.add("event " + number + " came after " + last + " of the same key");
        }
        ServiceAnswer first = firstOfImage.putIfAbsent(EventLoad.image(number), result.answer());
        if (first != null && !first.says(result.answer())) {
            violations.add("event " + number + " has another answer than its image before");
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
}
