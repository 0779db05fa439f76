package dev.fovea.inference.lifecycle;

import dev.fovea.inference.batching.Batcher;
import dev.fovea.repository.ModelManifest;
import java.util.List;

/// A model as its callers see it.
public interface ServingModel {

    /// Known in every state.
    default String name() {
        return manifest().name();
    }

    /// Known in every state.
    default int version() {
        return manifest().version();
    }

    ModelManifest manifest();

    /// `sha256:` and the hexadecimal digest of the model file.
    String digest();

    List<String> executionProviders();

    ModelState state();

    int instances();

    /// @throws dev.fovea.inference.failure.Unavailable while the model cannot answer, or is known to answer wrongly
    Batcher batcher();
}
