package dev.fovea.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.fovea.kafka.KafkaSettings;
import dev.fovea.kafka.publish.Outgoing;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CommitPolicyTest {

    /// A commit of 10 records or 1000 bytes is worth while, or what there is after 50 ns.
    @ParameterizedTest
    @CsvSource({
        "0, 0, 1000, false, false",
        "1, 1, 49, false, true",
        "1, 1, 50, true, true",
        "9, 999, 0, false, true",
        "10, 1, 0, true, true",
        "1, 1000, 0, true, true"
    })
    void aTransactionWaitsForCompanyAndNothingElseDoes(
            int records, long bytes, long sinceLast, boolean withTransactions, boolean without) {
        assertThat(new CommitPolicy(true, 10, 1000, 50).isDue(records, bytes, sinceLast))
                .isEqualTo(withTransactions);
        assertThat(new CommitPolicy(false, 10, 1000, 50).isDue(records, bytes, sinceLast))
                .isEqualTo(without);
    }

    /// What one commit takes of events that publish 300 bytes, 700 bytes, and so on.
    static Stream<Arguments> finished() {
        return Stream.of(
                argumentSet("nothing", List.of(), 0),
                argumentSet("fewer records than the limit", List.of(1, 1), 2),
                argumentSet("as many records as the limit", List.of(1, 1, 1), 3),
                argumentSet("more records than the limit", List.of(1, 1, 1, 1), 3),
                argumentSet("as many bytes as the limit", List.of(300, 700), 2),
                argumentSet("more bytes than the limit", List.of(300, 701), 1),
                argumentSet("one event beyond the limit goes alone", List.of(5000, 1), 1));
    }

    @ParameterizedTest
    @MethodSource("finished")
    void aCommitTakesTheFirstEventsWithinItsLimits(List<Integer> sizes, int taken) {
        List<EventInFlight> events =
                sizes.stream().map(CommitPolicyTest::publishing).toList();

        assertThat(new CommitPolicy(true, 3, 1000, 50).portion(events)).isEqualTo(events.subList(0, taken));
    }

    @Test
    void aCommitStaysSmallHoweverMuchMayBeInFlight() {
        KafkaSettings settings = KafkaSettings.of("localhost:9092", "test", "results")
                .withInFlight(new KafkaSettings.InFlight(1000, 1L << 40));

        assertThat(CommitPolicy.of(settings)).extracting(CommitPolicy::bytes).isEqualTo(64L << 20);
    }

    private static EventInFlight publishing(int bytes) {
        EventInFlight event = new EventInFlight(InputRecord.of("file").record(), 0, 0);
        event.finished(new Outcome.Result(new Outgoing(2, new ProducerRecord<>("results", new byte[bytes]))));
        return event;
    }
}
