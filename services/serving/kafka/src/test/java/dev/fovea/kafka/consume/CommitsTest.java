package dev.fovea.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.kafka.AnsweringModel;
import dev.fovea.kafka.EventAnswer;
import dev.fovea.kafka.EventListener;
import dev.fovea.kafka.ImageEvent;
import dev.fovea.kafka.KafkaSettings;
import dev.fovea.kafka.form.ImageForm;
import dev.fovea.kafka.publish.Outgoing;
import dev.fovea.proto.v1.PatchDescriptionResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommitsTest {

    private static final TopicPartition PARTITION = new TopicPartition("images", 2);

    private final AtomicInteger attempts = new AtomicInteger();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    // A quarter of what may be in flight is a portion: two records.
    private final KafkaSettings settings =
            KafkaSettings.of("localhost:9092", "test", "results").withInFlight(new KafkaSettings.InFlight(8, 64 << 20));
    private final List<Integer> durable = new ArrayList<>();
    private Optional<Message> shorter = Optional.empty();
    private Optional<Unavailable> durabilityFailure = Optional.empty();
    private boolean interrupted;
    private long now;
    private final Measures measures = new Measures(() -> now, ConsumerMetrics.NONE);
    private final EventsInFlight events =
            new EventsInFlight(settings, new EventKind<>(new ImageForm(), listener()), measures);
    private final FailingPublisher publisher = new FailingPublisher();
    private final Commits commits = new Commits(settings, consumer, publisher, events, measures);

    @BeforeEach
    void oneFinishedEvent() throws InterruptedException {
        consumer.assign(List.of(PARTITION));
        finish(40, 40);
    }

    private void finish(long first, long last) throws InterruptedException {
        for (long offset = first; offset <= last; offset++) {
            accept(PARTITION.partition(), offset);
        }
        events.advance();
        while (events.hasUnfinished(events.partitions())) {
            events.awaitProgress(1000);
        }
    }

    @AfterEach
    void stop() {
        events.close();
    }

    @Test
    void aSuccessfulCommitForgetsItsEvents() {
        commits.commitNext(events.partitions());

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
        commits.commitNext(events.partitions());
        assertThat(commits.lastFailure()).contains("the answer was lost");

        consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(41)));
        commits.commitNext(events.partitions());

        assertThat(publisher.recoveries).isEqualTo(1);
        assertThat(publisher.published).hasSize(1);
        assertThat(events.load().records()).isZero();
    }

    @Test
    void aCommitThatDidNotHappenIsRepeatedWithTheSameResultAndWithoutAskingAgain() {
        publisher.failure = new KafkaException("aborted");
        commits.commitNext(events.partitions());

        commits.commitNext(events.partitions());

        assertThat(publisher.published).hasSize(2);
        assertThat(publisher.published.getLast().records())
                .isEqualTo(publisher.published.getFirst().records());
        assertThat(attempts).hasValue(1);
        assertThat(events.load().records()).isZero();
    }

    @Test
    void nothingIsCommittedWhileTheLastOutcomeIsUndecided() {
        publisher.failure = new KafkaException("aborted");
        commits.commitNext(events.partitions());
        publisher.recoveryFailure = new KafkaException("brokers are away");

        commits.commitNext(events.partitions());

        assertThat(publisher.published).hasSize(1);
        assertThat(events.load().records()).isEqualTo(1);
    }

    @Test
    void aResultThatNoBrokerTakesBecomesADeadLetter() {
        publisher.refusals = 1;
        commits.commitNext(events.partitions());
        commits.commitNext(events.partitions());

        Outgoing letter = publisher.published.getLast().records().getFirst();
        assertThat(letter.record().topic()).isEqualTo("fovea.test.dead-letters");
        assertThat(letter.record().headers().lastHeader("dead-letter-code").value())
                .asString()
                .isEqualTo("RESULT_TOO_LARGE");
        assertThat(events.load().records()).isZero();
    }

    @Test
    void aResultThatNoBrokerTakesIsShortenedIfItCanBe() throws InterruptedException {
        shorter = Optional.of(
                PatchDescriptionResult.newBuilder().setImageId("short").build());
        finish(41, 41);
        publisher.refusals = 1;

        commits.commitNext(events.partitions());
        commits.commitNext(events.partitions());

        // The event before it has nothing to leave out.
        assertThat(publisher.published.getLast().records())
                .extracting(outgoing -> outgoing.record().topic())
                .containsExactly("fovea.test.dead-letters", "results");
        assertThat(publisher.published.getLast().records().getLast().record().value())
                .isEqualTo(shorter.orElseThrow().toByteArray());
        assertThat(events.load().records()).isZero();
        assertThat(events.load().bytes()).isZero();
    }

    @Test
    void aDeadLetterThatNoBrokerTakesIsPublishedWithoutItsValue() {
        publisher.refusals = 2;
        commits.commitNext(events.partitions());
        commits.commitNext(events.partitions());
        commits.commitNext(events.partitions());

        Outgoing letter = publisher.published.getLast().records().getFirst();
        assertThat(letter.record().value()).isEmpty();
        assertThat(letter.record()
                        .headers()
                        .lastHeader("dead-letter-value-omitted")
                        .value())
                .asString()
                .isEqualTo("4 bytes");
        assertThat(letter.record().headers().lastHeader("dead-letter-code").value())
                .asString()
                .isEqualTo("RESULT_TOO_LARGE");
        assertThat(events.load().records()).isZero();
        assertThat(events.load().bytes()).isZero();
    }

    @Test
    void whatHasPiledUpIsCommittedInPortionsOneAfterAnother() throws InterruptedException {
        finish(41, 44);

        assertThat(commits.commitNext(events.partitions())).isTrue();
        assertThat(commits.commitNext(events.partitions())).isTrue();
        assertThat(commits.commitNext(events.partitions())).isFalse();

        assertThat(publisher.published)
                .extracting(commit -> commit.records().size())
                .containsExactly(2, 2, 1);
        assertThat(offsets()).containsExactly(42L, 44L, 45L);
        assertThat(events.load().records()).isZero();
    }

    @Test
    void theOldestEventsGoFirstWhateverTheirPartition() throws InterruptedException {
        accept(3, 10);
        finish(41, 41);

        commits.commitNext(events.partitions());

        assertThat(publisher.published.getFirst().offsets())
                .containsOnlyKeys(PARTITION, new TopicPartition("images", 3));
        assertThat(events.load().records()).isEqualTo(1);
    }

    @Test
    void aPortionThatFailedIsRepeatedAloneAndTheOnesBeforeItAreNot() throws InterruptedException {
        finish(41, 44);
        commits.commitNext(events.partitions());
        consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(42)));
        publisher.failure = new KafkaException("aborted");

        assertThat(commits.commitNext(events.partitions())).isFalse();
        while (commits.commitNext(events.partitions())) {
            assertThat(publisher.published).hasSizeLessThan(5);
        }

        assertThat(offsets()).containsExactly(42L, 44L, 44L, 45L);
        assertThat(events.load().records()).isZero();
        assertThat(attempts).hasValue(5);
    }

    @Test
    void whatAPortionLeftIsDueAtOnce() throws InterruptedException {
        finish(41, 42);

        commits.commitIfDue();
        commits.commitIfDue();

        assertThat(offsets()).containsExactly(42L, 43L);
        finish(43, 43);
        commits.commitIfDue();
        assertThat(publisher.published).hasSize(2);
        now = settings.publishing().commitInterval().toNanos();
        commits.commitIfDue();
        assertThat(offsets()).containsExactly(42L, 43L, 44L);
    }

    @Test
    void whatEventsHaveWrittenIsDurableBeforeTheirOffsetsMove() throws InterruptedException {
        finish(41, 42);

        commits.commitNext(events.partitions());
        commits.commitNext(events.partitions());

        // Told before a commit how many commits there have been.
        assertThat(durable).containsExactly(0, 1);
        assertThat(publisher.published).hasSize(2);
    }

    @Test
    void nothingIsMadeDurableWhereNothingIsToCommit() {
        commits.commitNext(events.partitions());

        commits.commitNext(events.partitions());

        assertThat(durable).hasSize(1);
    }

    @Test
    void whatIsNotDurableIsNotPublishedAndIsTriedAgainAfterADelay() {
        durabilityFailure = Optional.of(new Unavailable("INDEX_UNAVAILABLE", "the disk is full"));
        now = settings.publishing().commitInterval().toNanos();
        commits.commitIfDue();

        assertThat(publisher.published).isEmpty();
        assertThat(events.load().records()).isEqualTo(1);
        assertThat(commits.lastFailure())
                .isEqualTo("commit failed: what events have written is not durable: Unavailable: the disk is full");
        commits.commitIfDue();
        assertThat(durable).hasSize(1);

        durabilityFailure = Optional.empty();
        now += Duration.ofMillis(100).toNanos();
        commits.commitIfDue();

        assertThat(offsets()).containsExactly(41L);
        assertThat(commits.lastFailure()).isNull();
        assertThat(publisher.recoveries).as("nothing was undecided").isZero();
        assertThat(attempts).hasValue(1);
        assertThat(events.load().records()).isZero();
    }

    @Test
    void delaysGrowWhileWritesAreNotDurable() {
        durabilityFailure = Optional.of(new Unavailable("INDEX_UNAVAILABLE", "the disk is full"));

        for (int millis = 0; millis < 1500; millis++) {
            now += Duration.ofMillis(1).toNanos();
            commits.commitIfDue();
        }

        // At 50 ms, the commit interval, then after 100, 200, 400 and 800 ms.
        assertThat(durable).hasSize(4);
    }

    @Test
    void anInterruptedWaitForDurabilityPublishesNothing() {
        interrupted = true;

        commits.commitNext(events.partitions());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(publisher.published).isEmpty();
        assertThat(events.load().records()).isEqualTo(1);
    }

    private void accept(int partition, long offset) {
        events.accept(InputRecord.of("file")
                .header("content-type", "image/png")
                .at(partition, offset)
                .record());
    }

    private List<Long> offsets() {
        return publisher.published.stream()
                .map(commit -> commit.offsets().values().iterator().next().offset())
                .toList();
    }

    private EventListener<ImageEvent> listener() {
        return new EventListener<>() {
            @Override
            public EventAnswer onEvent(ImageEvent event, Deadline deadline) {
                attempts.incrementAndGet();
                return new EventAnswer(
                        "t",
                        PatchDescriptionResult.getDefaultInstance(),
                        shorter,
                        new AnsweringModel("m", 1, "sha256:0"));
            }

            @Override
            public void makeDurable(Deadline deadline) throws InterruptedException {
                durable.add(publisher.published.size());
                durabilityFailure.ifPresent(failure -> {
                    throw failure;
                });
                if (interrupted) {
                    throw new InterruptedException();
                }
            }
        };
    }
}
