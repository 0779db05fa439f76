package dev.fovea.tests.service;

import dev.fovea.inference.session.FakeModel;
import dev.fovea.inference.session.FakeScript;
import dev.fovea.inference.session.FakeSessionLoader;
import dev.fovea.inference.session.SessionLoader;
import dev.fovea.quarkus.ModelAcceptance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;

/// An engine that fails when a test says so, in the place of ONNX Runtime.
public final class FakeEngine {

    @Produces
    @Singleton
    FakeScript script() {
        return new FakeScript();
    }

    /// The fake model is of no task.
    @Produces
    @Singleton
    ModelAcceptance acceptance() {
        return manifest -> Optional.empty();
    }

    @Produces
    @Singleton
    SessionLoader loader(FakeScript script) {
        return new FakeSessionLoader(FakeModel.manifest(1, 2), script);
    }
}
