package dev.fovea.kafka.consume;

import dev.fovea.kafka.Delivery;
import dev.fovea.kafka.KafkaSettings;
import dev.fovea.kafka.publish.Publisher;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One membership in the consumer group, from joining to leaving, with the events in flight under it.
///
/// Confined to the thread that creates and closes it. Rebalances are told to it on the same thread, inside of a poll.
final class Connection implements ConsumerRebalanceListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final Duration IDLE_WAIT = Duration.ofMillis(100);
    // Attempts end on other threads, which do not wake the poll: how long an answer may go unnoticed.
    private static final Duration BUSY_WAIT = Duration.ofMillis(10);
    private static final Duration UNTRANSACTED_BUSY_WAIT = Duration.ofMillis(3);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final KafkaSettings settings;
    private final Measures measures;
    private final Runnable alive;
    private final BackPressure backPressure;
    private final Duration busyWait;
    private final Consumer<byte[], byte[]> consumer;
    private final EventsInFlight events;
    private final Publisher publisher;
    private final Commits commits;
    private final LagReport lag;
    private Set<String> assigned = Set.of();
    private boolean paused;
    private boolean closing;

    /// @param alive called whenever the owning thread moves while a rebalance or the end waits for events or commits
    Connection(KafkaSettings settings, KafkaClients clients, EventKind<?> kind, Measures measures, Runnable alive) {
        this.settings = settings;
        this.measures = measures;
        this.alive = alive;
        this.backPressure = new BackPressure(settings.inFlight(), BackPressure.recordsPerPoll(settings.inFlight()));
        this.busyWait = settings.publishing().delivery() == Delivery.EXACTLY_ONCE ? BUSY_WAIT : UNTRANSACTED_BUSY_WAIT;
        this.consumer = clients.consumer();
        this.events = new EventsInFlight(settings, kind, measures);
        this.publisher = clients.publisher(consumer);
        this.commits = new Commits(settings, consumer, publisher, events, measures);
        this.lag = new LagReport(consumer, measures);
    }

    /// Ends what a predecessor left undecided, then joins the group.
    void open() {
        publisher.recover();
        consumer.subscribe(List.of(settings.topics().events()), this);
    }

    /// One turn: take records, hand them out, collect answers, commit what is due.
    void turn(boolean draining) {
        pauseOrResume(draining);
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(load().records() == 0 ? IDLE_WAIT : busyWait)) {
            events.accept(record);
        }
        events.advance();
        commits.commitIfDue();
        measures.metrics().inFlight(load().records(), load().bytes());
        lag.tell();
    }

    private void pauseOrResume(boolean draining) {
        boolean pause = draining || backPressure.paused(paused, load());
        if (pause == paused) {
            return;
        }
        paused = pause;
        if (pause) {
            consumer.pause(consumer.assignment());
        } else {
            consumer.resume(consumer.paused());
        }
        measures.metrics().paused(pause);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> added) {
        if (paused) {
            consumer.pause(added);
        }
        assignmentChanged("partitions assigned", added);
    }

    /// Waits, within the limit, until the events of these partitions are finished; their next owner gets the rest.
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        if (closing) {
            return;
        }
        long end = measures.ticker().nanoTime() + settings.timing().drainLimit().toNanos();
        try {
            while (events.hasUnfinished(revoked) && measures.ticker().nanoTime() - end < 0) {
                events.awaitProgress(BUSY_WAIT.toMillis());
                alive.run();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        commitFinished(revoked);
        events.drop(revoked);
        assignmentChanged("partitions revoked", revoked);
    }

    /// They have another owner already: nothing of theirs may be committed.
    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
        events.drop(lost);
        assignmentChanged("partitions lost", lost);
    }

    private void assignmentChanged(String how, Collection<TopicPartition> partitions) {
        assigned = consumer.assignment().stream().map(TopicPartition::toString).collect(Collectors.toUnmodifiableSet());
        LOG.atInfo()
                .addKeyValue("partitions", partitions)
                .addKeyValue("group", settings.worker().groupId())
                .log(how);
    }

    Set<String> assigned() {
        return assigned;
    }

    boolean isPaused() {
        return paused;
    }

    BackPressure.Load load() {
        return events.load();
    }

    @Nullable
    String lastFailure() {
        return commits.lastFailure();
    }

    /// Commits what is finished.
    void commitFinished() {
        commitFinished(events.partitions());
    }

    private void commitFinished(Collection<TopicPartition> of) {
        while (commits.commitNext(of)) {
            alive.run();
        }
    }

    /// Interrupts what is not finished and leaves the group.
    @Override
    public void close() {
        // Leaving revokes the partitions, and by then nothing may be waited for, nor a producer be started again.
        closing = true;
        events.drop(events.partitions());
        events.close();
        publisher.close();
        if (paused) {
            measures.metrics().paused(false);
        }
        measures.metrics().inFlight(0, 0);
        measures.metrics().lag(0);
        consumer.close(CloseOptions.timeout(CLOSE_LIMIT));
    }
}
