package dev.fovea.kafka.deadletter;

import dev.fovea.inference.failure.InferenceFailure;
import dev.fovea.kafka.AnsweringModel;
import dev.fovea.kafka.publish.Outgoing;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/// Writes dead letters: key, value, headers and timestamp as they came, the failure in further headers. Any thread.
///
/// Header names up to `dead-letter-offset` are those of SmallRye Reactive Messaging's dead-letter queue
/// (`KafkaDeadLetterQueue`), so its tools read ours; `-code`, `-attempts` and `-model` are our own.
public final class DeadLetters {

    /// The code of a failure outside the family: a defect, ours or a library's.
    public static final String UNEXPECTED = "UNEXPECTED_FAILURE";

    private static final String VALUE_OMITTED = "dead-letter-value-omitted";

    // Reasons may quote a library's message of any length; a dead letter must stay publishable.
    private static final int LONGEST_REASON = 1000;

    private final String topic;

    public DeadLetters(String topic) {
        this.topic = topic;
    }

    /// @param attempts made, the last included
    /// @param model that answers now, if one is loaded
    public Outgoing record(
            ConsumerRecord<byte[], byte[]> input, Throwable failure, int attempts, Optional<AnsweringModel> model) {
        Long timestamp = input.timestamp() >= 0 ? Long.valueOf(input.timestamp()) : null;
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(topic, null, timestamp, input.key(), input.value(), input.headers());
        Headers headers = letter.headers();
        add(headers, "dead-letter-exception-class-name", failure.getClass().getName());
        add(headers, "dead-letter-reason", text(failure));
        Throwable cause = failure.getCause();
        if (cause != null) {
            add(headers, "dead-letter-cause-class-name", cause.getClass().getName());
            add(headers, "dead-letter-cause", text(cause));
        }
        add(headers, "dead-letter-topic", input.topic());
        add(headers, "dead-letter-partition", Integer.toString(input.partition()));
        add(headers, "dead-letter-offset", Long.toString(input.offset()));
        add(headers, "dead-letter-code", code(failure));
        add(headers, "dead-letter-attempts", Integer.toString(attempts));
        model.ifPresent(known -> add(headers, "dead-letter-model", known.label()));
        return new Outgoing(input.partition(), letter);
    }

    /// The same dead letter for brokers that refuse its value as too large. Topic, partition and offset in its headers
    /// say where the original lies; one more header says how large it was.
    public Outgoing withoutValue(Outgoing letter) {
        ProducerRecord<byte[], byte[]> whole = letter.record();
        byte[] value = whole.value();
        ProducerRecord<byte[], byte[]> rest =
                new ProducerRecord<>(whole.topic(), null, whole.timestamp(), whole.key(), new byte[0], whole.headers());
        add(rest.headers(), VALUE_OMITTED, (value == null ? 0 : value.length) + " bytes");
        return new Outgoing(letter.inputPartition(), rest);
    }

    /// The stable code of a failure.
    public static String code(Throwable failure) {
        return failure instanceof InferenceFailure known ? known.code() : UNEXPECTED;
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return message.length() <= LONGEST_REASON ? message : message.substring(0, LONGEST_REASON) + "…";
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
