package dev.fovea.tests.integration.retrieval;

import dev.fovea.tests.contract.service.EntrancesContract;
import dev.fovea.tests.contract.service.ServiceUnderTest;

class EntrancesIT extends EntrancesContract {

    @Override
    protected ServiceUnderTest service() {
        return new RetrievalUnderTest();
    }
}
