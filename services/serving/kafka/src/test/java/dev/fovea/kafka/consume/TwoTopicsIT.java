package dev.fovea.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.kafka.AnsweringModel;
import dev.fovea.kafka.EventAnswer;
import dev.fovea.kafka.KafkaSettings;
import dev.fovea.kafka.QueryEvent;
import dev.fovea.kafka.form.QueryForm;
import dev.fovea.local.broker.BrokerProcess;
import dev.fovea.proto.v1.RetrievalResult;
import dev.fovea.proto.v1.SearchRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two consumers of one process and one instance id: images and queries, before a real broker in its own process.
class TwoTopicsIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String QUESTIONS = "both.questions";
    private static final String ANSWERS = "both.answers";

    @Test
    @Timeout(180)
    void imagesAndQueriesAreAnsweredBesideEachOther(@TempDir Path folder) throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(folder)) {
            // Given
            KafkaScene scene = KafkaScene.on(broker, "both");
            scene.createTopics(List.of(QUESTIONS, ANSWERS));
            scene.send(0, 300, _ -> false);
            ask(scene, 200);

            // When
            try (EventConsumer images = ExactlyOnceIT.started(scene.settings("a"), new NumberingService(5));
                    EventConsumer queries = new EventConsumer(
                            queries(scene),
                            new QueryForm(),
                            TwoTopicsIT::answer,
                            ConsumerMetrics.NONE,
                            Ticker.system())) {
                queries.start();
                ExactlyOnceIT.assertResultsOnceAndInOrder(scene, 300, _ -> true);
                List<ConsumerRecord<byte[], byte[]>> answers = scene.read(ANSWERS, 200, LIMIT);

                // Then
                assertThat(answers).hasSize(200).allSatisfy(answer -> {
                    RetrievalResult result = RetrievalResult.parseFrom(answer.value());
                    assertThat(answer.key()).asString(StandardCharsets.UTF_8).isEqualTo(result.getQueryId());
                    assertThat("query-" + result.getAnswer().getId()).isEqualTo(result.getQueryId());
                    assertThat(ExactlyOnceIT.header(answer, "ce_source")).isEqualTo("/fovea/both-queries");
                });
                assertThat(answers).extracting(ConsumerRecord::key).doesNotHaveDuplicates();
                assertThat(images.state().lastFailure()).isEmpty();
                assertThat(queries.state().lastFailure()).isEmpty();
            }
            // One query had no value.
            assertThat(scene.read(scene.deadLetters(), 1, LIMIT))
                    .singleElement()
                    .satisfies(letter -> {
                        assertThat(ExactlyOnceIT.header(letter, "dead-letter-topic"))
                                .isEqualTo(QUESTIONS);
                        assertThat(ExactlyOnceIT.header(letter, "dead-letter-code"))
                                .isEqualTo("EVENT_MALFORMED");
                    });
        }
    }

    private static KafkaSettings queries(KafkaScene scene) {
        KafkaSettings images = scene.settings("a");
        return images.withWorker(new KafkaSettings.Worker("both", "both-queries", "group-both-queries", "a"))
                .withTopics(new KafkaSettings.Topics(QUESTIONS, ANSWERS, scene.deadLetters()));
    }

    private static EventAnswer answer(QueryEvent query, Deadline deadline) {
        RetrievalResult.Builder result = RetrievalResult.newBuilder().setQueryId(query.id());
        result.getAnswerBuilder().setId(query.request().getStoredId());
        return new EventAnswer(
                "dev.fovea.test.v1", result.build(), new AnsweringModel("m", 1, "sha256:" + "0".repeat(64)));
    }

    private static void ask(KafkaScene scene, int count) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", scene.bootstrapServers(), "max.in.flight.requests.per.connection", 1),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int number = 0; number < count; number++) {
                byte[] request = SearchRequest.newBuilder()
                        .setStoredId(Integer.toString(number))
                        .build()
                        .toByteArray();
                ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(QUESTIONS, key(number), request);
                record.headers().add("content-type", "application/protobuf".getBytes(StandardCharsets.UTF_8));
                var _ = producer.send(record);
            }
            var _ = producer.send(new ProducerRecord<>(QUESTIONS, key(count), null));
            producer.flush();
        }
    }

    private static byte[] key(int number) {
        return ("query-" + number).getBytes(StandardCharsets.UTF_8);
    }
}
