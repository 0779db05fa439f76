package dev.fovea.grpc;

import dev.fovea.inference.batching.Batcher;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.inference.lifecycle.ModelState;
import dev.fovea.inference.lifecycle.ServingModel;
import dev.fovea.repository.ModelManifest;
import java.util.List;

/// A model that is not loaded yet, `siftnet@3`.
final class LoadingModel implements ServingModel {
    @Override
    public String name() {
        return "siftnet";
    }

    @Override
    public int version() {
        return 3;
    }

    @Override
    public ModelManifest manifest() {
        throw notReady();
    }

    @Override
    public String digest() {
        throw notReady();
    }

    @Override
    public List<String> executionProviders() {
        return List.of();
    }

    @Override
    public ModelState state() {
        return new ModelState.Loading();
    }

    @Override
    public int instances() {
        return 2;
    }

    @Override
    public Batcher batcher() {
        throw notReady();
    }

    private static Unavailable notReady() {
        return new Unavailable("MODEL_NOT_READY", "model siftnet@3 is LOADING");
    }
}
