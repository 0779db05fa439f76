package dev.fovea.kafka;

import dev.fovea.inference.Deadline;
import java.util.Optional;

/// A service as the Kafka entrance sees it.
///
/// Called on virtual threads, many at once and in any order; an event whose partition is taken away is interrupted.
@FunctionalInterface
public interface EventListener {

    /// Answers one event, waiting as long as that takes. The same event may come again: after a failure that is
    /// retried, after a rebalance, after a crash.
    ///
    /// @throws dev.fovea.inference.failure.InferenceFailure to be retried or made a dead letter, by its kind
    EventAnswer onImage(ImageEvent event, Deadline deadline) throws InterruptedException;

    /// The sender deleted the image (a record without a value).
    ///
    /// @return what to publish; empty publishes nothing and consumes the event
    /// @throws dev.fovea.inference.failure.InferenceFailure as for images
    default Optional<EventAnswer> onDelete(String id) throws InterruptedException {
        return Optional.empty();
    }

    /// The model that answers now, for dead letters; empty while none is loaded.
    default Optional<AnsweringModel> model() {
        return Optional.empty();
    }
}
