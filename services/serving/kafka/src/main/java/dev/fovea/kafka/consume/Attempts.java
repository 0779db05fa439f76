package dev.fovea.kafka.consume;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.kafka.Event;
import dev.fovea.kafka.EventAnswer;
import dev.fovea.kafka.EventEnvelope;
import dev.fovea.kafka.EventListener;
import dev.fovea.kafka.KafkaSettings;
import dev.fovea.kafka.publish.Outgoing;
import dev.fovea.kafka.publish.ResultRecords;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Runs attempts at events, each on a virtual thread of its own: parse, ask the listener, write the result record.
///
/// The owning thread starts attempts and collects their ends; it bounds how many there are.
final class Attempts<E extends Event> implements AutoCloseable {

    /// How one attempt ended. Every started attempt ends exactly once.
    sealed interface End {

        EventInFlight event();

        EventName name();

        /// @param result empty if there is nothing to publish
        record Answered(EventInFlight event, EventName name, Optional<Outgoing> result) implements End {}

        record Failed(EventInFlight event, EventName name, Throwable failure) implements End {}
    }

    private final EventParser<E> parser;
    private final EventListener<E> listener;
    private final ResultRecords results;
    private final KafkaSettings.Timing timing;
    private final Ticker ticker;
    private final BlockingQueue<End> ends = new LinkedBlockingQueue<>();
    private final ExecutorService threads;

    Attempts(KafkaSettings settings, EventKind<E> kind, Ticker ticker) {
        this.parser = new EventParser<>(kind.form());
        this.listener = kind.listener();
        this.results = new ResultRecords(settings);
        this.timing = settings.timing();
        this.ticker = ticker;
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("kafka-event-", 0).factory());
    }

    void start(EventInFlight event) {
        event.attemptStarted(threads.submit(() -> {
            ends.add(attempt(event));
        }));
    }

    /// The next end, null if there is none yet.
    @Nullable
    End poll() {
        return ends.poll();
    }

    /// Waits a little for an end.
    @Nullable
    End poll(long millis) throws InterruptedException {
        return ends.poll(millis, TimeUnit.MILLISECONDS);
    }

    private End attempt(EventInFlight event) {
        EventName name = null;
        try {
            ParsedEvent<E> parsed = parser.parse(event.record());
            name = EventName.of(parsed.envelope().id(), parsed.envelope().traceparent());
            return new End.Answered(event, name, answer(event.record(), parsed));
        } catch (Throwable failure) { // an error that escaped would leave its partition waiting for ever
            return new End.Failed(event, name == null ? EventParser.nameOfUnread(event.record()) : name, failure);
        }
    }

    private Optional<Outgoing> answer(ConsumerRecord<byte[], byte[]> input, ParsedEvent<E> parsed)
            throws InterruptedException {
        Deadline deadline = Deadline.after(timing.eventDeadline(), ticker);
        Optional<EventAnswer> answer =
                switch (parsed) {
                    case ParsedEvent.Asked<E>(E event) -> Optional.of(listener.onEvent(event, deadline));
                    case ParsedEvent.Delete<E>(EventEnvelope deleted) -> listener.onDelete(deleted, deadline);
                };
        EventEnvelope envelope = parsed.envelope();
        return answer.map(given -> results.record(input, envelope.id(), envelope.traceparent(), given));
    }

    /// Interrupts what runs and does not wait for it.
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
