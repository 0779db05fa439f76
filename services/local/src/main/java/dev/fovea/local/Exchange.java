package dev.fovea.local;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// A client of the services as any other: puts events on their topics, reads committed results and dead letters.
///
/// One thread at a time may call it; whoever opened it closes it.
final class Exchange implements AutoCloseable {

    private static final int MAX_RECORD_BYTES = 20 << 20;

    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Queue<Future<RecordMetadata>> sending = new ArrayDeque<>();

    private final Map<String, ServicePlan> services = new HashMap<>(); // by topic

    private Exchange(
            KafkaProducer<byte[], byte[]> producer,
            KafkaConsumer<byte[], byte[]> consumer,
            List<ServicePlan> services) {
        this.producer = producer;
        this.consumer = consumer;
        services.forEach(service -> service.answers().forEach(topic -> this.services.put(topic, service)));
    }

    /// Sees every answer committed from now on, and none before.
    static Exchange open(String bootstrapServers, List<ServicePlan> services) {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "enable.idempotence", true,
                        "max.request.size", MAX_RECORD_BYTES),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "isolation.level", "read_committed",
                        "max.partition.fetch.bytes", MAX_RECORD_BYTES),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = services.stream()
                .flatMap(service -> service.answers().stream())
                .distinct()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Seeking is lazy: asking for the position makes it happen before the first event is sent.
        partitions.forEach(consumer::position);
        return new Exchange(producer, consumer, services);
    }

    /// @return the trace that its answer will belong to
    /// @throws IOException if the broker refused an earlier one
    String send(Event sent) throws IOException {
        checkSent();
        String trace = hex(UUID.randomUUID());
        byte[] key = sent.key().getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> event = new ProducerRecord<>(sent.topic(), key, sent.value());
        event.headers().add("content-type", sent.contentType().getBytes(StandardCharsets.US_ASCII));
        String parent = "00-" + trace + "-" + trace.substring(0, 16) + "-01";
        event.headers().add("traceparent", parent.getBytes(StandardCharsets.US_ASCII));
        sending.add(producer.send(event));
        return trace;
    }

    private void checkSent() throws IOException {
        while (!sending.isEmpty() && sending.peek().isDone()) {
            Future<RecordMetadata> sent = sending.remove();
            if (sent.state() == Future.State.FAILED) {
                Throwable refused = sent.exceptionNow();
                throw new IOException("the broker refused an event: " + refused.getMessage(), refused);
            }
        }
    }

    /// Answers that have arrived, waiting for the first.
    List<Answer> receive(Duration longest) {
        List<Answer> answers = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> published : consumer.poll(longest)) {
            answers.add(answer(published));
        }
        return answers;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        consumer.close();
    }

    private Answer answer(ConsumerRecord<byte[], byte[]> published) {
        String trace = trace(header(published, "traceparent"));
        ServicePlan service = Objects.requireNonNull(services.get(published.topic()), published::topic);
        if (published.topic().equals(service.deadLetters())) {
            String key = published.key() == null ? "(no key)" : new String(published.key(), StandardCharsets.UTF_8);
            return new Answer.DeadLetter(
                    service.name(),
                    key,
                    trace,
                    header(published, "dead-letter-code"),
                    header(published, "dead-letter-reason"));
        }
        try {
            return new Answer.Result(service.name(), trace, service.reception().read(published.value()));
        } catch (InvalidProtocolBufferException foreign) {
            throw new IllegalStateException(
                    "the record at offset " + published.offset() + " of " + published.topic() + " is no result",
                    foreign);
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> published, String name) {
        Header header = published.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    /// Source: W3C Trace Context, section 3.2: version, trace id, parent id, flags.
    private static String trace(String traceparent) {
        String[] parts = traceparent.split("-", -1);
        return parts.length < 4 ? "" : parts[1];
    }

    private static String hex(UUID id) {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(id.getMostSignificantBits()) + hex.toHexDigits(id.getLeastSignificantBits());
    }
}
