package dev.fovea.quarkus;

import dev.fovea.inference.Deadline;
import dev.fovea.kafka.AnsweringModel;
import dev.fovea.kafka.Event;
import dev.fovea.kafka.EventAnswer;
import dev.fovea.kafka.EventEnvelope;
import dev.fovea.kafka.EventListener;
import java.util.Optional;
import org.slf4j.MDC;

/// Puts the event's id and its trace into every line logged while it is worked on. Any thread.
record LoggedEvents<E extends Event>(EventListener<E> listener) implements EventListener<E> {

    private static final String EVENT = "event";
    private static final String TRACE = "trace";

    @Override
    public EventAnswer onEvent(E event, Deadline deadline) throws InterruptedException {
        try (var _ = MDC.putCloseable(EVENT, event.id());
                var _ = MDC.putCloseable(TRACE, trace(event.envelope()))) {
            return listener.onEvent(event, deadline);
        }
    }

    @Override
    public Optional<EventAnswer> onDelete(EventEnvelope deleted, Deadline deadline) throws InterruptedException {
        try (var _ = MDC.putCloseable(EVENT, deleted.id());
                var _ = MDC.putCloseable(TRACE, trace(deleted))) {
            return listener.onDelete(deleted, deadline);
        }
    }

    @Override
    public void makeDurable(Deadline deadline) throws InterruptedException {
        listener.makeDurable(deadline);
    }

    @Override
    public Optional<AnsweringModel> model() {
        return listener.model();
    }

    private static String trace(EventEnvelope envelope) {
        return envelope.traceparent().map(LoggedEvents::traceId).orElse("");
    }

    /// The second field of a W3C `traceparent`.
    private static String traceId(String traceparent) {
        String[] fields = traceparent.split("-", -1);
        return fields.length > 1 ? fields[1] : "";
    }
}
