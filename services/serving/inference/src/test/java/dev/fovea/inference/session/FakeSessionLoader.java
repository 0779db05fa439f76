package dev.fovea.inference.session;

import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.ModelVersion;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Loads [FakeModelSession]s and keeps them for the test to look at.
public final class FakeSessionLoader implements SessionLoader {

    private final ModelManifest manifest;
    private final FakeScript script;
    private final List<FakeModelSession> loaded = new CopyOnWriteArrayList<>();
    private volatile String failure = "";

    public FakeSessionLoader(ModelManifest manifest, FakeScript script) {
        this.manifest = manifest;
        this.script = script;
    }

    /// Loads fail from now on, with this message.
    public void failWith(String message) {
        failure = message;
    }

    @Override
    public ModelSession load(ModelVersion model) throws SessionException {
        if (!failure.isEmpty()) {
            throw new SessionException(failure, true);
        }
        FakeModelSession session = new FakeModelSession(manifest, script);
        loaded.add(session);
        return session;
    }

    /// In the order in which they were loaded.
    public List<FakeModelSession> sessions() {
        return List.copyOf(loaded);
    }
}
