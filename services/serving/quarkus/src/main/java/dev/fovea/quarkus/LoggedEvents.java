package dev.fovea.quarkus;

import dev.fovea.inference.Deadline;
import dev.fovea.kafka.AnsweringModel;
import dev.fovea.kafka.EventAnswer;
import dev.fovea.kafka.EventListener;
import dev.fovea.kafka.ImageEvent;
import java.util.Optional;
import org.slf4j.MDC;

/// Puts the event's id and its trace into every line logged while it is worked on. Any thread.
record LoggedEvents(EventListener listener) implements EventListener {

    private static final String EVENT = "event";
    private static final String TRACE = "trace";

    @Override
    public EventAnswer onImage(ImageEvent event, Deadline deadline) throws InterruptedException {
        try (var _ = MDC.putCloseable(EVENT, event.id());
                var _ = MDC.putCloseable(
                        TRACE, event.traceparent().map(LoggedEvents::traceId).orElse(""))) {
            return listener.onImage(event, deadline);
        }
    }

    @Override
    public Optional<EventAnswer> onDelete(String id) throws InterruptedException {
        try (var _ = MDC.putCloseable(EVENT, id)) {
            return listener.onDelete(id);
        }
    }

    @Override
    public Optional<AnsweringModel> model() {
        return listener.model();
    }

    /// The second field of a W3C `traceparent`.
    private static String traceId(String traceparent) {
        String[] fields = traceparent.split("-", -1);
        return fields.length > 1 ? fields[1] : "";
    }
}
