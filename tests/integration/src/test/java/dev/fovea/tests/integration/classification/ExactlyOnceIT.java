package dev.fovea.tests.integration.classification;

import dev.fovea.tests.contract.service.ExactlyOnceContract;
import dev.fovea.tests.contract.service.ServiceUnderTest;

class ExactlyOnceIT extends ExactlyOnceContract {

    ExactlyOnceIT() {
        super(6_000, 3);
    }

    @Override
    protected ServiceUnderTest service() {
        return new ClassificationUnderTest();
    }
}
