package dev.fovea.quarkus;

import dev.fovea.inference.lifecycle.ModelState;
import dev.fovea.inference.lifecycle.StateListener;
import dev.fovea.repository.ModelVersion;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Passes a model's changes of state on to whoever asked for them; must not block. Any thread.
public final class StateChanges implements StateListener {

    private final List<StateListener> listeners = new CopyOnWriteArrayList<>();

    public void tell(StateListener listener) {
        listeners.add(listener);
    }

    @Override
    public void changed(ModelVersion model, ModelState from, ModelState to) {
        listeners.forEach(listener -> listener.changed(model, from, to));
    }
}
