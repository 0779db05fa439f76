package dev.fovea.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.ImageSource;
import dev.fovea.kafka.AnsweringModel;
import dev.fovea.kafka.EventAnswer;
import dev.fovea.kafka.EventListener;
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

    @Test
    void theAnsweringModelIsTheListeners() {
        var model = new AnsweringModel("siftnet", 1, "sha256:00");
        var listener = new EventListener() {
            @Override
            public EventAnswer onImage(ImageEvent event, Deadline deadline) {
                throw new IllegalStateException("not asked");
            }

            @Override
            public Optional<AnsweringModel> model() {
                return Optional.of(model);
            }
        };

        assertThat(new LoggedEvents(listener).model()).contains(model);
    }

    @Test
    void everyLineOfAnEventCarriesItsIdAndTrace() throws InterruptedException {
        List<String> seen = new ArrayList<>();
        EventListener listener = (event, deadline) -> {
            seen.add(MDC.get("event"));
            seen.add(MDC.get("trace"));
            throw new IllegalStateException("seen");
        };
        var event = new ImageEvent("photo-1", new ImageSource.Content(ByteBuffer.allocate(1)), Map.of(), TRACEPARENT);

        try {
            new LoggedEvents(listener).onImage(event, new Deadline(0));
        } catch (IllegalStateException expected) {
            seen.add(expected.getMessage());
        }

        assertThat(seen).containsExactly("photo-1", "4bf92f3577b34da6a3ce929d0e0e4736", "seen");
        assertThat(Optional.ofNullable(MDC.get("event"))).isEmpty();
    }
}
