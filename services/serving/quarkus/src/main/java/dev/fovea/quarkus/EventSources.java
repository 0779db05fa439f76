package dev.fovea.quarkus;

import java.util.List;

/// Every topic that a service answers events of; every service produces one.
public record EventSources(List<EventSource<?>> all) {

    /// @throws IllegalArgumentException if two have one name
    public EventSources {
        all = List.copyOf(all);
        if (all.stream().map(EventSource::name).distinct().count() < all.size()) {
            throw new IllegalArgumentException("two event sources have one name: "
                    + all.stream().map(EventSource::name).toList());
        }
    }

    public static EventSources of(EventSource<?>... sources) {
        return new EventSources(List.of(sources));
    }
}
