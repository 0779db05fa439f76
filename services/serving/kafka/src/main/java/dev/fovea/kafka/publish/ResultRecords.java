package dev.fovea.kafka.publish;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.kafka.EventAnswer;
import dev.fovea.kafka.KafkaSettings;
import dev.fovea.kafka.ResultFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// Writes answers as CloudEvents in binary mode. Any thread.
///
/// Everything follows from the input, the answer and the model, so a repeated event gives the same record again:
/// `ce_id` from the input's id and the model's digest, `ce_time` and the timestamp from the input record.
public final class ResultRecords {

    // Record framing and batch header; Kafka's own bound (DefaultRecord, RecordBatch) is below 100 bytes.
    private static final int FRAMING_BYTES = 128;

    private final String topic;
    private final String source;
    private final ResultFormat format;
    private final int maxRecordBytes;

    public ResultRecords(KafkaSettings settings) {
        this.topic = settings.topics().results();
        this.source = "/fovea/" + settings.worker().name();
        this.format = settings.publishing().format();
        this.maxRecordBytes = settings.publishing().maxRecordBytes();
    }

    /// The answer's record, or the shorter one if that exceeds the limit.
    ///
    /// @param id the input's
    /// @param traceparent the input's
    /// @throws InvalidInput with code `RESULT_TOO_LARGE` if every record would exceed the limit
    public Outgoing record(
            ConsumerRecord<byte[], byte[]> input, String id, Optional<String> traceparent, EventAnswer answer) {
        ProducerRecord<byte[], byte[]> full = record(input, id, traceparent, answer, answer.payload());
        Optional<Outgoing> shorter = answer.shorter()
                .map(payload -> new Outgoing(input.partition(), record(input, id, traceparent, answer, payload)))
                .filter(this::fits);
        Outgoing outgoing = new Outgoing(input.partition(), full, shorter);
        return fits(outgoing) ? outgoing : shorter.orElseThrow(() -> tooLarge(outgoing));
    }

    private ProducerRecord<byte[], byte[]> record(
            ConsumerRecord<byte[], byte[]> input,
            String id,
            Optional<String> traceparent,
            EventAnswer answer,
            Message payload) {
        byte[] value = value(payload);
        ProducerRecord<byte[], byte[]> result = new ProducerRecord<>(topic, null, timestamp(input), input.key(), value);
        addHeaders(result.headers(), id, answer, input.timestamp());
        UUID resultId = resultId(id, answer);
        traceparent
                .flatMap(TraceParent::parse)
                .ifPresent(parent -> add(result.headers(), "traceparent", parent.continuedBy(resultId)));
        return result;
    }

    private boolean fits(Outgoing outgoing) {
        return outgoing.sizeBytes() + FRAMING_BYTES <= maxRecordBytes;
    }

    private InvalidInput tooLarge(Outgoing outgoing) {
        return new InvalidInput(
                "RESULT_TOO_LARGE",
                "the result of " + outgoing.sizeBytes() + " bytes exceeds the limit of " + maxRecordBytes
                        + " bytes for a record",
                outgoing.sizeBytes() + " bytes",
                maxRecordBytes + " bytes");
    }

    private static UUID resultId(String id, EventAnswer answer) {
        return NamedUuid.of(id, answer.model().digest());
    }

    private void addHeaders(Headers headers, String id, EventAnswer answer, long timestampMillis) {
        add(headers, "ce_specversion", "1.0");
        add(headers, "ce_id", resultId(id, answer).toString());
        add(headers, "ce_source", source);
        add(headers, "ce_type", answer.type());
        add(headers, "ce_subject", id);
        if (timestampMillis >= 0) {
            add(headers, "ce_time", Instant.ofEpochMilli(timestampMillis).toString());
        }
        add(headers, "content-type", format.contentType());
    }

    private byte[] value(Message payload) {
        return switch (format) {
            case PROTOBUF -> payload.toByteArray();
            case JSON -> json(payload).getBytes(StandardCharsets.UTF_8);
        };
    }

    private static String json(Message payload) {
        try {
            return JsonFormat.printer().omittingInsignificantWhitespace().print(payload);
        } catch (InvalidProtocolBufferException unprintable) {
            throw new IllegalStateException("the answer has no JSON form", unprintable);
        }
    }

    // Null lets the producer use its clock.
    private static @Nullable Long timestamp(ConsumerRecord<byte[], byte[]> input) {
        return input.timestamp() >= 0 ? input.timestamp() : null;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
