package dev.fovea.tests.integration.retrieval;

import dev.fovea.tests.contract.service.ExactlyOnceContract;
import dev.fovea.tests.contract.service.ServiceUnderTest;

class ExactlyOnceIT extends ExactlyOnceContract {

    ExactlyOnceIT() {
        super(4_000, 3);
    }

    @Override
    protected ServiceUnderTest service() {
        return new RetrievalUnderTest();
    }
}
