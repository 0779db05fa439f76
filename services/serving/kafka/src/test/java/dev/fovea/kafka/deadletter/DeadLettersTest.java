package dev.fovea.kafka.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.ModelFailed;
import dev.fovea.kafka.AnsweringModel;
import dev.fovea.kafka.consume.InputRecord;
import dev.fovea.kafka.publish.Outgoing;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

    private final DeadLetters deadLetters = new DeadLetters("dead");
    private final ConsumerRecord<byte[], byte[]> input = InputRecord.of(new byte[] {(byte) 0xff, 0, 1})
            .key(new byte[] {(byte) 0xfe})
            .header("Content-Type", "image/jpeg")
            .header("dead-letter-code", "OF_AN_EARLIER_LIFE")
            .record();

    @Test
    void keepsKeyValueTimestampAndHeadersAsTheyCame() {
        Outgoing letter = deadLetters.record(input, new InvalidInput("C", "m"), 1, Optional.empty());

        assertThat(letter.inputPartition()).isEqualTo(2);
        assertThat(letter.record().topic()).isEqualTo("dead");
        assertThat(letter.record().key()).isEqualTo(input.key());
        assertThat(letter.record().value()).isEqualTo(input.value());
        assertThat(letter.record().timestamp()).isEqualTo(1000);
        assertThat(letter.record().headers()).startsWith(input.headers().toArray());
    }

    @Test
    void saysWhyWhereAndByWhichModel() {
        Throwable failure = new ModelFailed("not a number", new IllegalStateException("NaN in output"));
        AnsweringModel model = new AnsweringModel("siftnet", 3, "sha256:abc");

        Outgoing letter = deadLetters.record(input, failure, 3, Optional.of(model));

        assertThat(added(letter))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("dead-letter-exception-class-name", ModelFailed.class.getName()),
                        Map.entry("dead-letter-reason", "not a number"),
                        Map.entry("dead-letter-cause-class-name", IllegalStateException.class.getName()),
                        Map.entry("dead-letter-cause", "NaN in output"),
                        Map.entry("dead-letter-topic", "images"),
                        Map.entry("dead-letter-partition", "2"),
                        Map.entry("dead-letter-offset", "40"),
                        Map.entry("dead-letter-code", "MODEL_FAILED"),
                        Map.entry("dead-letter-attempts", "3"),
                        Map.entry("dead-letter-model", "siftnet/3@sha256:abc")));
    }

    @Test
    void aDefectHasACodeOfItsOwnAndALongMessageIsCut() {
        Outgoing letter = deadLetters.record(input, new IllegalStateException("x".repeat(5000)), 1, Optional.empty());

        assertThat(added(letter)).containsEntry("dead-letter-code", "UNEXPECTED_FAILURE");
        assertThat(added(letter).get("dead-letter-reason")).hasSize(1001).endsWith("…");
    }

    @Test
    void aRecordWithoutKeyOrValueStaysWithout() {
        Outgoing letter = deadLetters.record(
                InputRecord.of((byte[]) null).record(), new InvalidInput("C", "m"), 1, Optional.empty());

        assertThat(letter.record().key()).isNull();
        assertThat(letter.record().value()).isNull();
    }

    private Map<String, String> added(Outgoing letter) {
        Map<String, String> added = new TreeMap<>();
        int kept = input.headers().toArray().length;
        for (int i = kept; i < letter.record().headers().toArray().length; i++) {
            var header = letter.record().headers().toArray()[i];
            added.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return added;
    }
}
