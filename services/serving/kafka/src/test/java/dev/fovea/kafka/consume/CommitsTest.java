package dev.fovea.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.kafka.AnsweringModel;
import dev.fovea.kafka.EventAnswer;
import dev.fovea.kafka.EventListener;
import dev.fovea.kafka.KafkaSettings;
import dev.fovea.kafka.publish.Commit;
import dev.fovea.kafka.publish.Outgoing;
import dev.fovea.kafka.publish.Publisher;
import dev.fovea.kafka.publish.RecordsTooLarge;
import dev.fovea.proto.v1.PatchDescriptionResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommitsTest {

    private static final TopicPartition PARTITION = new TopicPartition("images", 2);

    private final AtomicInteger attempts = new AtomicInteger();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final KafkaSettings settings = KafkaSettings.of("localhost:9092", "test", "results");
    private final Measures measures = new Measures(() -> 0, ConsumerMetrics.NONE);
    private final EventsInFlight events = new EventsInFlight(settings, listener(), measures);
    private final FailingPublisher publisher = new FailingPublisher();
    private final Commits commits = new Commits(settings, consumer, publisher, events, measures);

    @BeforeEach
    void oneFinishedEvent() throws InterruptedException {
        consumer.assign(List.of(PARTITION));
        events.accept(InputRecord.of("file").header("content-type", "image/png").record());
        events.advance();
        while (events.hasUnfinished(Set.of(PARTITION))) {
            events.awaitProgress(1000);
        }
    }

    @AfterEach
    void stop() {
        events.close();
    }

    @Test
    void aSuccessfulCommitForgetsItsEvents() {
        commits.commitNow(events.partitions());

        assertThat(publisher.published).hasSize(1);
        assertThat(publisher.published.getFirst().offsets())
                .isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(41, Optional.of(5), "")));
        assertThat(events.load().records()).isZero();
        assertThat(events.load().bytes()).isZero();
        assertThat(commits.lastFailure()).isNull();
    }

    @Test
    void aCommitThatFailedAfterItHappenedIsNotRepeated() {
        publisher.failure = new KafkaException("the answer was lost");
        commits.commitNow(events.partitions());
        assertThat(commits.lastFailure()).contains("the answer was lost");

        consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(41)));
        commits.commitNow(events.partitions());

        assertThat(publisher.recoveries).isEqualTo(1);
        assertThat(publisher.published).hasSize(1);
        assertThat(events.load().records()).isZero();
    }

    @Test
    void aCommitThatDidNotHappenIsRepeatedWithTheSameResultAndWithoutAskingAgain() {
        publisher.failure = new KafkaException("aborted");
        commits.commitNow(events.partitions());

        commits.commitNow(events.partitions());

        assertThat(publisher.published).hasSize(2);
        assertThat(publisher.published.getLast().records())
                .isEqualTo(publisher.published.getFirst().records());
        assertThat(attempts).hasValue(1);
        assertThat(events.load().records()).isZero();
    }

    @Test
    void nothingIsCommittedWhileTheLastOutcomeIsUndecided() {
        publisher.failure = new KafkaException("aborted");
        commits.commitNow(events.partitions());
        publisher.recoveryFailure = new KafkaException("brokers are away");

        commits.commitNow(events.partitions());

        assertThat(publisher.published).hasSize(1);
        assertThat(events.load().records()).isEqualTo(1);
    }

    @Test
    void aResultThatNoBrokerTakesBecomesADeadLetter() {
        publisher.refuseResults = true;
        commits.commitNow(events.partitions());
        commits.commitNow(events.partitions());

        Outgoing letter = publisher.published.getLast().records().getFirst();
        assertThat(letter.record().topic()).isEqualTo("fovea.test.dead-letters");
        assertThat(letter.record().headers().lastHeader("dead-letter-code").value())
                .asString()
                .isEqualTo("RESULT_TOO_LARGE");
        assertThat(events.load().records()).isZero();
    }

    private EventListener listener() {
        return (event, _) -> {
            attempts.incrementAndGet();
            return new EventAnswer(
                    "t", PatchDescriptionResult.getDefaultInstance(), new AnsweringModel("m", 1, "sha256:0"));
        };
    }

    /// Fails once when told to; as brokers do, after or before the commit happened.
    private static final class FailingPublisher implements Publisher {

        private final List<Commit> published = new ArrayList<>();
        private int recoveries;
        private boolean refuseResults;
        private @Nullable RuntimeException failure;
        private @Nullable RuntimeException recoveryFailure;

        @Override
        public void recover() {
            recoveries++;
            if (recoveryFailure != null) {
                throw recoveryFailure;
            }
        }

        @Override
        public void publish(Commit commit) throws RecordsTooLarge {
            published.add(commit);
            RuntimeException now = failure;
            failure = null;
            if (now != null) {
                throw now;
            }
            if (refuseResults) {
                refuseResults = false;
                throw new RecordsTooLarge(Set.copyOf(commit.records()), new KafkaException("too large"));
            }
        }

        @Override
        public void close() {}
    }
}
