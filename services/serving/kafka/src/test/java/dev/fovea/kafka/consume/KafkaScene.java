package dev.fovea.kafka.consume;

import dev.fovea.kafka.KafkaSettings;
import dev.fovea.local.broker.BrokerProcess;
import dev.fovea.proto.v1.PatchDescriptionResult;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Three topics of their own on a real broker, numbered events to put on one, and what readers of the others see.
record KafkaScene(String bootstrapServers, String name) {

    static final int PARTITIONS = 3;
    static final int KEYS = 20;

    static KafkaScene on(BrokerProcess broker, String name) throws Exception {
        KafkaScene scene = new KafkaScene(broker.bootstrapServers(), name);
        scene.createTopics(List.of(scene.images(), scene.results(), scene.deadLetters()));
        return scene;
    }

    void createTopics(List<String> names) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            List<NewTopic> topics = names.stream()
                    .map(topic -> new NewTopic(topic, PARTITIONS, (short) 1))
                    .toList();
            admin.createTopics(topics).all().get();
        }
    }

    String images() {
        return name + ".images";
    }

    String results() {
        return name + ".results";
    }

    String deadLetters() {
        return name + ".dead-letters";
    }

    KafkaSettings settings(String instance) {
        return KafkaSettings.of(bootstrapServers, name, results())
                .withWorker(new KafkaSettings.Worker(name, "group-" + name, instance))
                .withTopics(new KafkaSettings.Topics(images(), results(), deadLetters()))
                .withRetry(new KafkaSettings.Retry(3, Duration.ofMillis(5), Duration.ofMillis(50)))
                // Bounds how long a killed worker's transaction delays the test.
                .withClientProperties(Map.of("producer.transaction.timeout.ms", "4000"));
    }

    static String key(int number) {
        return "photo-" + number % KEYS;
    }

    /// Sends events `from` (inclusive) to `to` (exclusive); a poisoned one is of a kind that no service reads.
    void send(int from, int to, IntPredicate poisoned) throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int number = from; number < to; number++) {
                ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                        images(),
                        key(number).getBytes(StandardCharsets.UTF_8),
                        ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
                String type = poisoned.test(number) ? "text/plain" : "image/jpeg";
                record.headers().add("Content-Type", type.getBytes(StandardCharsets.UTF_8));
                record.headers().add("sender", "scene".getBytes(StandardCharsets.UTF_8));
                sent.add(producer.send(record));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        // On a topic just created the first batch may be refused while the second is taken, which then stands in the
        // way of the first until the delivery time-out (OUT_OF_ORDER_SEQUENCE_NUMBER): one request at a time.
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "max.in.flight.requests.per.connection", 1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /// Everything committed on a topic, once at least `count` records are there and then nothing more for a while.
    List<ConsumerRecord<byte[], byte[]>> read(String topic, int count, Duration limit) {
        return read(topic, count, limit, 4);
    }

    /// Returns as soon as `count` records are committed on a topic.
    void readUntil(String topic, int count, Duration limit) {
        read(topic, count, limit, 0);
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic, int count, Duration limit, int quietPolls) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> all = IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            long end = System.nanoTime() + limit.toNanos();
            int quiet = 0;
            while ((records.size() < count || quiet < quietPolls) && System.nanoTime() < end) {
                int before = records.size();
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                quiet = records.size() > before || records.size() < count ? 0 : quiet + 1;
            }
        }
        return records;
    }

    static PatchDescriptionResult result(ConsumerRecord<byte[], byte[]> record) {
        try {
            return PatchDescriptionResult.parseFrom(record.value());
        } catch (com.google.protobuf.InvalidProtocolBufferException notOne) {
            throw new AssertionError("not a result: " + record, notOne);
        }
    }

    /// The number that the answered event carried.
    static int number(ConsumerRecord<byte[], byte[]> record) {
        return result(record).getImageWidth();
    }
}
