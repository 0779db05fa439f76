package dev.fovea.quarkus.parts;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.lifecycle.ModelLifecycle;
import dev.fovea.inference.lifecycle.ModelState;
import dev.fovea.inference.lifecycle.ServingModel;
import java.util.List;

/// The models of this process. Owns them and closes them; any thread may call.
public final class ServedModels implements AutoCloseable {

    private final List<ModelLifecycle> models;

    /// Takes over the models, none of them started.
    public ServedModels(List<ModelLifecycle> models) {
        this.models = List.copyOf(models);
    }

    /// Starts loading all of them and returns at once.
    public void start() {
        models.forEach(ModelLifecycle::start);
    }

    /// As their callers see them.
    public List<ServingModel> all() {
        return List.copyOf(models);
    }

    public List<ModelLifecycle> lifecycles() {
        return models;
    }

    public boolean allServe() {
        return models.stream().allMatch(model -> model.state() instanceof ModelState.Serving);
    }

    /// Waits until all have left loading and warming up, or the deadline has passed.
    public void awaitStarted(Deadline deadline) throws InterruptedException {
        for (ModelLifecycle model : models) {
            model.awaitStarted(deadline);
        }
    }

    /// Refuses new entries and waits for the queued ones, until the deadline.
    public void drain(Deadline deadline) throws InterruptedException {
        for (ModelLifecycle model : models) {
            model.drain(deadline);
        }
    }

    @Override
    public void close() {
        models.forEach(ModelLifecycle::close);
    }
}
