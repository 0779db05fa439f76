package dev.fovea.quarkus;

import dev.fovea.inference.session.ModelSession;
import dev.fovea.inference.session.SessionException;
import dev.fovea.inference.session.SessionLoader;
import dev.fovea.repository.ModelVersion;
import java.util.Optional;

/// Loads a model only if the service can use it.
record AcceptedModels(SessionLoader loader, ModelAcceptance acceptance) implements SessionLoader {

    @Override
    public ModelSession load(ModelVersion model) throws SessionException {
        ModelSession session = loader.load(model);
        Optional<String> problem = acceptance.problem(session.manifest());
        if (problem.isEmpty()) {
            return session;
        }
        session.close();
        throw new SessionException("model " + model + " (" + model.file() + "): " + problem.get(), false);
    }
}
