package dev.fovea.tests.contract;

import dev.fovea.inference.session.FakeModel;
import dev.fovea.inference.session.FakeModelSession;
import dev.fovea.inference.session.FakeScript;
import dev.fovea.inference.session.ModelSession;

/// The fake that stands in for an engine in unit tests keeps an engine's promises.
class FakeModelSessionTest extends ModelSessionContract {

    @Override
    protected ModelSession load() {
        return new FakeModelSession(FakeModel.manifest(1, 2, 4, 8), new FakeScript());
    }
}
