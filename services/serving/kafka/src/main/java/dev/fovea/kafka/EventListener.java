package dev.fovea.kafka;

import dev.fovea.inference.Deadline;
import java.util.Optional;

/// A service as the consumer of one topic sees it.
///
/// Called on virtual threads, many at once and in any order; an event whose partition is taken away is interrupted.
///
/// @param <E> the events of the topic
@FunctionalInterface
public interface EventListener<E extends Event> {

    /// Answers one event, waiting as long as that takes. The same event may come again: after a failure that is
    /// retried, after a rebalance, after a crash.
    ///
    /// @throws dev.fovea.inference.failure.InferenceFailure to be retried or made a dead letter, by its kind
    EventAnswer onEvent(E event, Deadline deadline) throws InterruptedException;

    /// The sender deleted what has this id (a record without a value); asked only where the topic's form has deletes.
    ///
    /// @return what to publish; empty publishes nothing and consumes the event
    /// @throws dev.fovea.inference.failure.InferenceFailure as for events
    default Optional<EventAnswer> onDelete(EventEnvelope deleted, Deadline deadline) throws InterruptedException {
        return Optional.empty();
    }

    /// Returns when what the events answered before this call have written survives the loss of this process.
    ///
    /// Called before every commit, on the thread that owns the consumer; everything else on it stands still
    /// meanwhile. A failure of any kind is a failed commit: nothing is published, no offset moves, it is tried
    /// again.
    ///
    /// @param deadline beyond which the thread must not be held
    default void makeDurable(Deadline deadline) throws InterruptedException {}

    /// The model that answers now, for dead letters; empty while none is loaded.
    default Optional<AnsweringModel> model() {
        return Optional.empty();
    }
}
