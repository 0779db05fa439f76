package dev.fovea.kafka.consume;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.kafka.KafkaSettings;
import dev.fovea.kafka.KafkaSettings.Retry;
import dev.fovea.kafka.publish.Commit;
import dev.fovea.kafka.publish.Outgoing;
import dev.fovea.kafka.publish.Publisher;
import dev.fovea.kafka.publish.RecordsTooLarge;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns finished events into commits, and failed commits into later ones. Owned by the consumer's thread.
///
/// After a failure nobody knows whether the commit happened. The publisher first brings that to a decision, then the
/// committed offsets tell which events are done; the others keep their results and go into the next commit. Nothing
/// is inferred twice for a failed commit.
///
/// Before a commit the listener makes durable what its events have written, so that no offset moves past a write that
/// could still be lost. Where that fails nothing has been published, so nothing is undecided.
///
/// One commit takes a portion of what is finished, so that its size does not grow with the length of an outage.
final class Commits {

    private static final Logger LOG = LoggerFactory.getLogger(Commits.class);
    private static final Retry BACK_OFF = new Retry(1, Duration.ofMillis(100), Duration.ofSeconds(5));

    // As long as a call to a broker may hold the thread up.
    private static final Duration DURABLE_LIMIT = Duration.ofMillis(ClientProperties.BLOCK_MILLIS);

    private final Consumer<byte[], byte[]> consumer;
    private final Publisher publisher;
    private final EventsInFlight events;
    private final CommitPolicy policy;
    private final ConsumerMetrics metrics;
    private final Ticker ticker;
    private long lastNanos;
    private boolean moreLeft;
    private boolean undecided;
    private int failures;
    private long notBeforeNanos;
    private @Nullable String lastFailure;

    Commits(
            KafkaSettings settings,
            Consumer<byte[], byte[]> consumer,
            Publisher publisher,
            EventsInFlight events,
            Measures measures) {
        this.consumer = consumer;
        this.publisher = publisher;
        this.events = events;
        this.policy = CommitPolicy.of(settings);
        this.metrics = measures.metrics();
        this.ticker = measures.ticker();
        this.lastNanos = ticker.nanoTime();
        this.notBeforeNanos = lastNanos;
    }

    void commitIfDue() {
        long now = ticker.nanoTime();
        if (now - notBeforeNanos < 0) {
            return;
        }
        List<EventInFlight> finished = events.finishedPrefix(events.partitions());
        long bytes = finished.stream().mapToLong(EventInFlight::sizeBytes).sum();
        if (moreLeft || policy.isDue(finished.size(), bytes, now - lastNanos)) {
            moreLeft = commitNext(events.partitions());
        }
    }

    /// Commits one portion of what is finished of these partitions; a failure is kept for later attempts.
    ///
    /// @return whether it succeeded and left something for another commit to take at once
    boolean commitNext(Collection<TopicPartition> of) {
        try {
            decide();
            List<EventInFlight> finished = events.finishedPrefix(of);
            List<EventInFlight> portion = policy.portion(finished);
            return !portion.isEmpty() && makeDurable() && commit(portion) && portion.size() < finished.size();
        } catch (RuntimeException failure) {
            undecided = true;
            failed(failure.getClass().getSimpleName(), failure);
            return false;
        }
    }

    /// What went wrong last and has not succeeded since.
    @Nullable
    String lastFailure() {
        return lastFailure;
    }

    private void decide() {
        if (!undecided) {
            return;
        }
        publisher.recover();
        Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>(consumer.committed(events.partitions()));
        // The broker knows no offset of a partition that was never committed.
        done.values().removeIf(offset -> offset == null);
        report(events.committed(done));
        undecided = false;
    }

    /// @return false if what the events have written may still be lost
    private boolean makeDurable() {
        try {
            events.makeDurable(Deadline.after(DURABLE_LIMIT, ticker));
            return true;
        } catch (RuntimeException failure) {
            failed(
                    "what events have written is not durable: "
                            + failure.getClass().getSimpleName(),
                    failure);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            failed("interrupted before what events have written was durable", closing);
        }
        return false;
    }

    /// @return false if brokers refused records of it for their size
    private boolean commit(List<EventInFlight> finished) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        finished.forEach(event -> offsets.put(event.partition(), event.offsetAfter()));
        List<Outgoing> records =
                finished.stream().flatMap(event -> event.outgoing().stream()).toList();
        long started = ticker.nanoTime();
        try {
            publisher.publish(new Commit(records, offsets));
        } catch (RecordsTooLarge refused) {
            undecided = true;
            giveUp(finished, refused);
            return false;
        }
        lastNanos = ticker.nanoTime();
        failures = 0;
        lastFailure = null;
        metrics.committed(finished.size(), Duration.ofNanos(lastNanos - started));
        report(events.committed(offsets));
        return true;
    }

    private void giveUp(List<EventInFlight> finished, RecordsTooLarge refused) {
        Set<Outgoing> tooLarge = refused.records();
        for (EventInFlight event : finished) {
            if (event.outcome().orElse(null) instanceof Outcome.Result(Outgoing record) && tooLarge.contains(record)) {
                record.shorter()
                        .ifPresentOrElse(
                                shorter -> events.shorten(event, record, shorter),
                                () -> events.giveUp(event, tooLarge(record)));
            }
            if (event.outcome().orElse(null) instanceof Outcome.DeadLetter letter
                    && tooLarge.contains(letter.record())) {
                giveUpValue(event, letter, refused);
            }
        }
    }

    private static InvalidInput tooLarge(Outgoing record) {
        return new InvalidInput(
                "RESULT_TOO_LARGE",
                "the brokers refuse the result of " + record.sizeBytes() + " bytes as too large",
                record.sizeBytes() + " bytes",
                "max.message.bytes of " + record.record().topic());
    }

    private void giveUpValue(EventInFlight event, Outcome.DeadLetter letter, RecordsTooLarge refused) {
        byte[] value = letter.record().record().value();
        if (value != null && value.length > 0) {
            events.giveUpValue(event, letter);
            return;
        }
        failed(
                "key and headers of " + event + " alone are more than the brokers take; raise max.message.bytes of "
                        + letter.record().record().topic(),
                refused);
    }

    private void failed(String what, Throwable cause) {
        failures++;
        Duration delay = Disposition.delay(failures, BACK_OFF);
        notBeforeNanos = ticker.nanoTime() + delay.toNanos();
        lastFailure = "commit failed: " + what + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
        metrics.commitFailed(cause.getClass().getSimpleName());
        LOG.atWarn()
                .addKeyValue("failures", failures)
                .addKeyValue("nextAttemptInMillis", delay.toMillis())
                .setCause(failures == 1 ? cause : null)
                .log(lastFailure);
    }

    private void report(List<EventInFlight> committed) {
        long now = ticker.nanoTime();
        for (EventInFlight event : committed) {
            switch (event.outcome().orElseGet(Outcome.Silent::new)) {
                case Outcome.Result _ -> metrics.published(Duration.ofNanos(now - event.polledNanos()));
                case Outcome.DeadLetter(Outgoing _, String code) -> metrics.deadLettered(code);
                case Outcome.Silent() -> {}
            }
        }
    }
}
