package dev.fovea.kafka.consume;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.DeadlineExceeded;
import dev.fovea.kafka.EventListener;
import dev.fovea.kafka.KafkaSettings;
import dev.fovea.kafka.deadletter.DeadLetters;
import dev.fovea.kafka.publish.Outgoing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// All events between poll and commit. Owned by the consumer's thread, which creates and closes it.
final class EventsInFlight implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventsInFlight.class);

    private final Map<TopicPartition, PartitionProgress<EventInFlight>> partitions = new LinkedHashMap<>();
    private final WaitingEvents waiting = new WaitingEvents();
    private final Attempts<?> attempts;
    private final WorkingWindow window;
    private final KafkaSettings.Retry retry;
    private final DeadLetters deadLetters;
    private final EventListener<?> listener;
    private final ConsumerMetrics metrics;
    private final Ticker ticker;
    private long sequence;
    private int records;
    private long bytes;

    EventsInFlight(KafkaSettings settings, EventKind<?> kind, Measures measures) {
        this.attempts = new Attempts<>(settings, kind, measures.ticker());
        this.window = new WorkingWindow(settings.inFlight().maxRecords());
        this.retry = settings.retry();
        this.deadLetters = new DeadLetters(settings.topics().deadLetters());
        this.listener = kind.listener();
        this.metrics = measures.metrics();
        this.ticker = measures.ticker();
    }

    void accept(ConsumerRecord<byte[], byte[]> record) {
        EventInFlight event = new EventInFlight(record, sequence++, ticker.nanoTime());
        partitions
                .computeIfAbsent(event.partition(), _ -> new PartitionProgress<>())
                .started(record.offset(), event);
        records++;
        bytes += event.sizeBytes();
        metrics.consumed(event.sizeBytes());
        waiting.ready(event);
    }

    /// Collects attempts that ended and starts those there is room for.
    void advance() {
        for (Attempts.End end = attempts.poll(); end != null; end = attempts.poll()) {
            ended(end);
        }
        startDue();
    }

    /// As [#advance], waiting up to `millis` for an attempt to end.
    void awaitProgress(long millis) throws InterruptedException {
        Attempts.End end = attempts.poll(millis);
        if (end != null) {
            ended(end);
        }
        advance();
    }

    private void startDue() {
        long now = ticker.nanoTime();
        waiting.advance(now);
        while (waiting.readyCount() > 0 && window.admits(now)) {
            EventInFlight event = waiting.next();
            if (event != null) {
                window.started();
                attempts.start(event);
            }
        }
    }

    private void ended(Attempts.End end) {
        EventInFlight event = end.event();
        if (event.isDropped()) {
            return;
        }
        event.named(end.name());
        switch (end) {
            case Attempts.End.Answered(EventInFlight _, EventName _, var result) -> {
                event.attemptEnded(true);
                window.answered();
                finish(event, result.<Outcome>map(Outcome.Result::new).orElseGet(Outcome.Silent::new));
            }
            case Attempts.End.Failed(EventInFlight _, EventName _, Throwable failure) -> failed(event, failure);
        }
    }

    private void failed(EventInFlight event, Throwable failure) {
        long now = ticker.nanoTime();
        switch (Disposition.of(failure, event.attempts(), retry)) {
            case Disposition.DeadLetter() -> {
                event.attemptEnded(true);
                leaveWindow(failure);
                giveUp(event, failure);
            }
            case Disposition.RetryLater(var delay) -> {
                event.attemptEnded(true);
                leaveWindow(failure);
                retried(event, failure, delay);
                waiting.later(event, now + delay.toNanos());
            }
            case Disposition.WaitForRoom(var delay, boolean tooMany) -> {
                event.attemptEnded(false);
                window.refused(now + delay.toNanos(), tooMany);
                retried(event, failure, delay);
                waiting.ready(event);
            }
        }
    }

    private void leaveWindow(Throwable failure) {
        if (failure instanceof DeadlineExceeded) {
            window.expired();
        } else {
            window.ended();
        }
    }

    private void retried(EventInFlight event, Throwable failure, Duration delay) {
        metrics.retried(DeadLetters.code(failure));
        logged(LOG.atDebug(), event, failure)
                .addKeyValue("nextAttemptInMillis", delay.toMillis())
                .log("event is tried again: {}", failure.getMessage());
    }

    private static LoggingEventBuilder logged(LoggingEventBuilder line, EventInFlight event, Throwable failure) {
        return line.addKeyValue("event", event.name().id())
                .addKeyValue("trace", event.name().trace())
                .addKeyValue("partition", event.partition())
                .addKeyValue("offset", event.record().offset())
                .addKeyValue("code", DeadLetters.code(failure))
                .addKeyValue("attempts", event.attempts());
    }

    /// Makes a dead letter of an event; also of one that had a result, which no broker took.
    void giveUp(EventInFlight event, Throwable failure) {
        Outgoing letter = deadLetters.record(event.record(), failure, event.attempts(), listener.model());
        logged(LOG.atWarn(), event, failure)
                .setCause(DeadLetters.code(failure).equals(DeadLetters.UNEXPECTED) ? failure : null)
                .log("event becomes a dead letter: {}", failure.getMessage());
        finish(event, new Outcome.DeadLetter(letter, DeadLetters.code(failure)));
    }

    /// Publishes less of an answer that no broker took whole.
    void shorten(EventInFlight event, Outgoing refused, Outgoing shorter) {
        LOG.atWarn()
                .addKeyValue("event", event.name().id())
                .addKeyValue("record", event)
                .addKeyValue("sizeBytes", refused.sizeBytes())
                .log("the result is larger than the brokers take and is shortened");
        finish(event, new Outcome.Result(shorter));
    }

    /// Empties a dead letter that no broker took: one event must not hold up all the others for ever.
    void giveUpValue(EventInFlight event, Outcome.DeadLetter tooLarge) {
        LOG.atError()
                .addKeyValue("event", event.name().id())
                .addKeyValue("record", event)
                .addKeyValue("sizeBytes", tooLarge.record().sizeBytes())
                .log("the dead letter is larger than the brokers take and is published without its value");
        finish(event, new Outcome.DeadLetter(deadLetters.withoutValue(tooLarge.record()), tooLarge.code()));
    }

    private void finish(EventInFlight event, Outcome outcome) {
        bytes -= event.sizeBytes();
        event.finished(outcome);
        bytes += event.sizeBytes();
        progress(event.partition()).finished(event.record().offset());
    }

    /// Waits until what the answered events have written would survive the end of this process.
    void makeDurable(Deadline deadline) throws InterruptedException {
        listener.makeDurable(deadline);
    }

    /// What may be committed now of these partitions, in the order of polling: a commit that takes the first of it
    /// leaves no partition behind for long.
    List<EventInFlight> finishedPrefix(Collection<TopicPartition> of) {
        List<EventInFlight> prefix = new ArrayList<>();
        for (TopicPartition partition : of) {
            prefix.addAll(progress(partition).finishedPrefix());
        }
        prefix.sort(Comparator.comparingLong(EventInFlight::sequence));
        return prefix;
    }

    boolean hasUnfinished(Collection<TopicPartition> of) {
        return of.stream().anyMatch(partition -> progress(partition).hasUnfinished());
    }

    /// Forgets everything before these offsets, finished or not, and returns it.
    List<EventInFlight> committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        List<EventInFlight> done = new ArrayList<>();
        offsets.forEach((partition, offset) -> done.addAll(progress(partition).committed(offset.offset())));
        forget(done);
        return done;
    }

    /// Forgets these partitions and interrupts the work on them.
    void drop(Collection<TopicPartition> lost) {
        for (TopicPartition partition : lost) {
            forget(progress(partition).all());
            partitions.remove(partition);
        }
    }

    private void forget(List<EventInFlight> events) {
        List<EventInFlight> unfinished = new ArrayList<>();
        for (EventInFlight event : events) {
            records--;
            bytes -= event.sizeBytes();
            if (event.outcome().isEmpty()) {
                unfinished.add(event);
            }
        }
        for (EventInFlight event : unfinished) {
            if (event.drop()) {
                window.ended();
            }
        }
        if (!unfinished.isEmpty()) {
            waiting.forget(unfinished);
        }
    }

    private PartitionProgress<EventInFlight> progress(TopicPartition partition) {
        PartitionProgress<EventInFlight> known = partitions.get(partition);
        return known == null ? new PartitionProgress<>() : known;
    }

    Set<TopicPartition> partitions() {
        return Set.copyOf(partitions.keySet());
    }

    BackPressure.Load load() {
        return new BackPressure.Load(records, bytes, waiting.readyCount(), window.size(), window.isRefused());
    }

    @Override
    public void close() {
        attempts.close();
    }
}
