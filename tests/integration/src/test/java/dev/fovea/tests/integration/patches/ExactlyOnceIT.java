package dev.fovea.tests.integration.patches;

import dev.fovea.tests.contract.service.ExactlyOnceContract;
import dev.fovea.tests.contract.service.ServiceUnderTest;

class ExactlyOnceIT extends ExactlyOnceContract {

    ExactlyOnceIT() {
        super(20_000, 5);
    }

    @Override
    protected ServiceUnderTest service() {
        return new PatchDescriptionUnderTest();
    }
}
