package dev.fovea.kafka.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.kafka.AnsweringModel;
import dev.fovea.kafka.Delivery;
import dev.fovea.kafka.EventAnswer;
import dev.fovea.kafka.KafkaSettings;
import dev.fovea.kafka.ResultFormat;
import dev.fovea.kafka.consume.InputRecord;
import dev.fovea.proto.v1.PatchDescriptionResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

class ResultRecordsTest {

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01";

    private final ConsumerRecord<byte[], byte[]> input =
            InputRecord.of("file").key("photo-1").header("sender", "camera").record();

    @Test
    void isACloudEventInBinaryMode() {
        ProducerRecord<byte[], byte[]> record = record(ResultFormat.PROTOBUF, answer("model-a"));

        assertThat(record.topic()).isEqualTo("results");
        assertThat(record.key()).isEqualTo(input.key());
        assertThat(record.timestamp()).isEqualTo(1000);
        assertThat(header(record, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(record, "ce_source")).isEqualTo("/fovea/patch-description");
        assertThat(header(record, "ce_type")).isEqualTo("dev.fovea.patch-description.v1");
        assertThat(header(record, "ce_subject")).isEqualTo("photo-1");
        assertThat(header(record, "ce_time")).isEqualTo("1970-01-01T00:00:01Z");
        assertThat(header(record, "content-type")).isEqualTo("application/protobuf");
        assertThat(header(record, "traceparent"))
                .startsWith("00-0af7651916cd43dd8448eb211c80319c-")
                .endsWith("-01");
        assertThat(header(record, "traceparent")).isNotEqualTo(TRACE);
        assertThat(record.headers().lastHeader("sender")).isNull();
        assertThat(record.value()).isEqualTo(answer("model-a").payload().toByteArray());
    }

    @Test
    void aRepeatIsTheSameRecordAndAnotherModelsAnswerIsNot() {
        ProducerRecord<byte[], byte[]> first = record(ResultFormat.PROTOBUF, answer("model-a"));

        assertThat(record(ResultFormat.PROTOBUF, answer("model-a")).headers()).isEqualTo(first.headers());
        assertThat(header(record(ResultFormat.PROTOBUF, answer("model-b")), "ce_id"))
                .isNotEqualTo(header(first, "ce_id"));
    }

    @Test
    void jsonIsTheProto3Form() {
        ProducerRecord<byte[], byte[]> record = record(ResultFormat.JSON, answer("model-a"));

        assertThat(header(record, "content-type")).isEqualTo("application/json");
        assertThat(new String(record.value(), StandardCharsets.UTF_8))
                .isEqualTo("{\"imageId\":\"photo-1\",\"imageWidth\":640}");
    }

    @Test
    void aResultOverTheLimitIsRefusedWithBothSizes() {
        EventAnswer large = new EventAnswer(
                "t",
                PatchDescriptionResult.newBuilder().setImageId("x".repeat(3000)).build(),
                model("model-a"));

        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> record(ResultFormat.PROTOBUF, large))
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo("RESULT_TOO_LARGE");
                    assertThat(failure.limit()).isEqualTo("2048 bytes");
                    assertThat(failure.getMessage()).contains(failure.value()).contains("2048");
                });
    }

    @Test
    void aResultOverTheLimitIsReplacedByAShorterOneThatFits() {
        PatchDescriptionResult shorter =
                PatchDescriptionResult.newBuilder().setImageId("short").build();

        assertThat(record(ResultFormat.PROTOBUF, shortened(3000, shorter)).value())
                .isEqualTo(shorter.toByteArray());
        assertThat(record(ResultFormat.PROTOBUF, shortened(1000, shorter)).value())
                .hasSizeGreaterThan(1000);
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> record(ResultFormat.PROTOBUF, shortened(4000, text(3000))))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo("RESULT_TOO_LARGE"));
    }

    private static EventAnswer shortened(int length, PatchDescriptionResult shorter) {
        return new EventAnswer("t", text(length), Optional.of(shorter), model("model-a"));
    }

    private static PatchDescriptionResult text(int length) {
        return PatchDescriptionResult.newBuilder()
                .setImageId("x".repeat(length))
                .build();
    }

    private ProducerRecord<byte[], byte[]> record(ResultFormat format, EventAnswer answer) {
        KafkaSettings settings = KafkaSettings.of("localhost:9092", "patch-description", "results")
                .withPublishing(
                        new KafkaSettings.Publishing(Delivery.EXACTLY_ONCE, format, Duration.ofMillis(50), 2048));
        return new ResultRecords(settings)
                .record(input, "photo-1", Optional.of(TRACE), answer)
                .record();
    }

    private static EventAnswer answer(String model) {
        return new EventAnswer(
                "dev.fovea.patch-description.v1",
                PatchDescriptionResult.newBuilder()
                        .setImageId("photo-1")
                        .setImageWidth(640)
                        .build(),
                model(model));
    }

    private static AnsweringModel model(String name) {
        return new AnsweringModel(name, 1, "sha256:" + name);
    }

    private static String header(ProducerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        assertThat(header).as(name).isNotNull();
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
