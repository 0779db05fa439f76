package dev.fovea.kafka.consume;

import dev.fovea.kafka.Event;
import dev.fovea.kafka.EventListener;
import dev.fovea.kafka.form.EventForm;

/// What the events of one topic are, and who answers them.
record EventKind<E extends Event>(EventForm<?, E> form, EventListener<E> listener) {}
