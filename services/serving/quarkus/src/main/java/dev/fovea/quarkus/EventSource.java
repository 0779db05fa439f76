package dev.fovea.quarkus;

import dev.fovea.kafka.Event;
import dev.fovea.kafka.EventListener;
import dev.fovea.kafka.ImageEvent;
import dev.fovea.kafka.form.EventForm;
import dev.fovea.kafka.form.ImageForm;
import java.util.Optional;

/// One topic that a service answers events of, by a consumer with a thread, a group and transactions of its own.
///
/// @param name in probes, and in the names of the thread and the clients; unique in the process
/// @param route of events other than images; empty: `fovea.kafka.topics.*` and `fovea.kafka.group`
public record EventSource<E extends Event>(
        String name, Optional<Route> route, EventForm<?, E> form, EventListener<E> listener) {

    /// The topic of image events, as configured for every service.
    public static EventSource<ImageEvent> images(EventListener<ImageEvent> listener) {
        return new EventSource<>("images", Optional.empty(), new ImageForm(), listener);
    }

    /// A further topic. Dead letters go where the service's others go.
    public static <E extends Event> EventSource<E> of(
            String name, Route route, EventForm<?, E> form, EventListener<E> listener) {
        return new EventSource<>(name, Optional.of(route), form, listener);
    }

    /// Where events come from and results go to.
    ///
    /// @param group of all instances of the service for this topic, and for no other
    public record Route(String topic, String results, String group) {}
}
