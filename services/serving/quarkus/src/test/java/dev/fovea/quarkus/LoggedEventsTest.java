package dev.fovea.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.ImageSource;
import dev.fovea.kafka.AnsweringModel;
import dev.fovea.kafka.EventAnswer;
import dev.fovea.kafka.EventEnvelope;
import dev.fovea.kafka.EventListener;
import dev.fovea.kafka.EventPosition;
import dev.fovea.kafka.ImageEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class LoggedEventsTest {

    private static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private static final EventEnvelope ENVELOPE = new EventEnvelope(
            "photo-1", new EventPosition("fovea.images", 0, 0, 0), Map.of(), Optional.of(TRACEPARENT));

    @Test
    void theAnsweringModelIsTheListeners() {
        var model = new AnsweringModel("siftnet", 1, "sha256:00");
        var listener = new EventListener<ImageEvent>() {
            @Override
            public EventAnswer onEvent(ImageEvent event, Deadline deadline) {
                throw new IllegalStateException("not asked");
            }

            @Override
            public Optional<AnsweringModel> model() {
                return Optional.of(model);
            }
        };

        assertThat(new LoggedEvents<>(listener).model()).contains(model);
    }

    @Test
    void deletesAndDurabilityAreTheListeners() throws InterruptedException {
        List<String> seen = new ArrayList<>();
        var listener = new EventListener<ImageEvent>() {
            @Override
            public EventAnswer onEvent(ImageEvent event, Deadline deadline) {
                throw new IllegalStateException("not asked");
            }

            @Override
            public Optional<EventAnswer> onDelete(EventEnvelope deleted, Deadline deadline) {
                seen.add("deleted " + deleted.id() + " in " + MDC.get("trace"));
                return Optional.empty();
            }

            @Override
            public void makeDurable(Deadline deadline) {
                seen.add("durable by " + deadline.atNanos());
            }
        };
        var logged = new LoggedEvents<>(listener);

        assertThat(logged.onDelete(ENVELOPE, new Deadline(0))).isEmpty();
        logged.makeDurable(new Deadline(7));

        assertThat(seen).containsExactly("deleted photo-1 in 4bf92f3577b34da6a3ce929d0e0e4736", "durable by 7");
    }

    @Test
    void everyLineOfAnEventCarriesItsIdAndTrace() throws InterruptedException {
        List<String> seen = new ArrayList<>();
        EventListener<ImageEvent> listener = (event, deadline) -> {
            seen.add(MDC.get("event"));
            seen.add(MDC.get("trace"));
            throw new IllegalStateException("seen");
        };
        var event = new ImageEvent(ENVELOPE, new ImageSource.Content(ByteBuffer.allocate(1)));

        try {
            new LoggedEvents<>(listener).onEvent(event, new Deadline(0));
        } catch (IllegalStateException expected) {
            seen.add(expected.getMessage());
        }

        assertThat(seen).containsExactly("photo-1", "4bf92f3577b34da6a3ce929d0e0e4736", "seen");
        assertThat(Optional.ofNullable(MDC.get("event"))).isEmpty();
    }
}
