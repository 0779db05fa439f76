package dev.fovea.inference.batching;

import dev.fovea.inference.session.ModelSession;
import dev.fovea.repository.ModelManifest;
import java.util.List;

/// What a session says of itself, readable by any thread.
public record LoadedModel(ModelManifest manifest, String digest, List<String> executionProviders) {

    public LoadedModel {
        executionProviders = List.copyOf(executionProviders);
    }

    static LoadedModel of(ModelSession session) {
        return new LoadedModel(session.manifest(), session.digest(), session.executionProviders());
    }
}
