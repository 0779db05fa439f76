package dev.fovea.kafka.consume;

import dev.fovea.kafka.publish.Outgoing;
import java.util.Optional;

/// How an event ended.
sealed interface Outcome {

    record Result(Outgoing record) implements Outcome {}

    record DeadLetter(Outgoing record, String code) implements Outcome {}

    /// Nothing to publish: a delete that the service keeps no answer for.
    record Silent() implements Outcome {}

    default Optional<Outgoing> outgoing() {
        return switch (this) {
            case Result(Outgoing record) -> Optional.of(record);
            case DeadLetter(Outgoing record, String _) -> Optional.of(record);
            case Silent() -> Optional.empty();
        };
    }
}
