package dev.fovea.kafka.consume;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.kafka.Event;
import dev.fovea.kafka.EventListener;
import dev.fovea.kafka.KafkaSettings;
import dev.fovea.kafka.KafkaSettings.Retry;
import dev.fovea.kafka.consume.ConsumerState.Phase;
import dev.fovea.kafka.form.EventForm;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Consumes the events of one topic and publishes results in input order, exactly once or at least once.
///
/// ```
///   poll ─▶ EventsInFlight ─▶ Attempts (a virtual thread an event: parse, listener, result record)
///     ▲         │  ▲                │
///     │ pause   │  └── ends ────────┘  Disposition: result | dead letter | later | when there is room
///     │         ▼
///   BackPressure   PartitionProgress ─▶ Commits ─▶ makeDurable ─▶ Publisher (results + dead letters + offsets)
/// ```
///
/// **Guarantees.** Exactly once: every event gives one result or one dead letter to readers of committed records,
/// whatever crashes. Both modes: results of a partition come in the order of its events; events in flight are bounded
/// in records and bytes; an event that cannot be taken now is never dropped.
///
/// **Threads.** One platform thread owns both clients and all bookkeeping. It lives until [#close]: whatever fails, it
/// connects again with growing delays, and says so in its state. If an error ends it, its state is `DEAD`. While
/// brokers are away it may block for about a minute between two signs of life.
///
/// **Closing.** Whoever creates the consumer closes it; [#drain] before lets events in flight finish.
public final class EventConsumer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventConsumer.class);
    private static final Retry RECONNECT = new Retry(1, Duration.ofSeconds(1), Duration.ofSeconds(30));
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);

    private final KafkaSettings settings;
    private final KafkaClients clients;
    private final EventKind<?> kind;
    private final Measures measures;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch drained = new CountDownLatch(1);
    private volatile boolean draining;
    private volatile ConsumerState state; // written by the owning thread, and by start() before that thread runs
    private @Nullable String lastFailure; // owned by the owning thread

    /// Connects to nothing before [#start].
    ///
    /// @throws IllegalArgumentException if a client property is refused, naming it
    public <E extends Event> EventConsumer(
            KafkaSettings settings,
            EventForm<?, E> form,
            EventListener<E> listener,
            ConsumerMetrics metrics,
            Ticker ticker) {
        this(settings, KafkaClients.of(settings), new EventKind<>(form, listener), new Measures(ticker, metrics));
    }

    private EventConsumer(KafkaSettings settings, KafkaClients clients, EventKind<?> kind, Measures measures) {
        this.settings = settings;
        this.clients = clients;
        this.kind = kind;
        this.measures = measures;
        this.state = new ConsumerState(Phase.NEW, measures.ticker().nanoTime(), Set.of(), false, 0, 0, null);
        this.thread =
                Thread.ofPlatform().name("kafka-" + settings.worker().name()).unstarted(this::run);
    }

    /// Starts the owning thread and returns at once; brokers may be away.
    public void start() {
        show(Phase.CONNECTING);
        thread.start();
    }

    /// Takes nothing new from now on; returns at once. For those who drain several.
    public void stopTaking() {
        draining = true;
    }

    /// Takes nothing new, finishes and commits what is in flight, and goes on polling so that the group does not
    /// rebalance; returns when that is done or the deadline has passed.
    ///
    /// @return whether everything in flight was finished and committed
    public boolean drain(Deadline deadline) throws InterruptedException {
        stopTaking();
        if (state.phase() == Phase.NEW) {
            return true;
        }
        boolean ended = drained.await(deadline.remainingNanos(measures.ticker()), TimeUnit.NANOSECONDS);
        return ended && state.inFlightRecords() == 0;
    }

    /// Commits what is finished, interrupts the rest, leaves the group and ends the thread; waits for that, for half a
    /// minute at most.
    @Override
    public void close() {
        closing.countDown();
        try {
            // A thread that never ran cannot be joined.
            if (thread.getState() != Thread.State.NEW && !thread.join(CLOSE_LIMIT)) {
                LOG.atWarn().log("the consumer's thread did not end within {}; interrupting it", CLOSE_LIMIT);
                thread.interrupt();
            }
        } catch (InterruptedException interrupted) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    /// Never blocks; any thread.
    public ConsumerState state() {
        return state;
    }

    private void run() {
        try {
            int failures = 0;
            while (!isClosing()) {
                failures = consumeUntilFailure(failures);
            }
            show(Phase.STOPPED);
        } catch (Throwable error) { // the last thing this thread can do is to say that it is gone
            lastFailure = "the consumer's thread ended: " + error;
            show(Phase.DEAD);
            LOG.atError().setCause(error).log(lastFailure);
        } finally {
            drained.countDown();
        }
    }

    /// @param failuresBefore connections that failed without an assignment in between
    /// @return the same, with this connection
    private int consumeUntilFailure(int failuresBefore) {
        show(Phase.CONNECTING);
        try {
            consume();
            return 0;
        } catch (RuntimeException failure) {
            int failures = state.assigned().isEmpty() ? failuresBefore + 1 : 1;
            Duration delay = Disposition.delay(failures, RECONNECT);
            lastFailure = "the consumer failed: " + failure;
            show(Phase.CONNECTING);
            LOG.atError()
                    .addKeyValue("nextAttemptInMillis", delay.toMillis())
                    .setCause(failure)
                    .log(lastFailure);
            await(delay);
            return failures;
        }
    }

    private void consume() {
        try (Connection connection = new Connection(settings, clients, kind, measures, this::alive)) {
            connection.open();
            while (!isClosing()) {
                connection.turn(draining);
                show(connection);
                if (draining && connection.load().records() == 0) {
                    drained.countDown();
                }
            }
            connection.commitFinished();
            show(connection);
        }
    }

    private void await(Duration delay) {
        // Kafka's clients leave the flag set; it would end this wait and the next connection at once.
        boolean _ = Thread.interrupted();
        if (draining) {
            // Nothing is in flight without a connection.
            drained.countDown();
        }
        try {
            boolean _ = closing.await(delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException again) {
            LOG.atDebug().log("waiting for the next connection was cut short");
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private Phase phase() {
        return draining ? Phase.DRAINING : Phase.RUNNING;
    }

    private void alive() {
        state = state.aliveAt(measures.ticker().nanoTime());
    }

    private void show(Phase phase) {
        state = new ConsumerState(phase, measures.ticker().nanoTime(), Set.of(), false, 0, 0, lastFailure);
    }

    private void show(Connection connection) {
        BackPressure.Load load = connection.load();
        // The group has let us in: whatever kept us from connecting is over.
        lastFailure = connection.assigned().isEmpty() ? lastFailure : null;
        state = new ConsumerState(
                phase(),
                measures.ticker().nanoTime(),
                connection.assigned(),
                connection.isPaused(),
                load.records(),
                load.bytes(),
                connection.lastFailure() == null ? lastFailure : connection.lastFailure());
    }
}
