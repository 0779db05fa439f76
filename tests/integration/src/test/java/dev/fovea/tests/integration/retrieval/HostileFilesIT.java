package dev.fovea.tests.integration.retrieval;

import dev.fovea.tests.contract.service.HostileFilesContract;
import dev.fovea.tests.contract.service.ServiceUnderTest;

class HostileFilesIT extends HostileFilesContract {

    @Override
    protected ServiceUnderTest service() {
        return new RetrievalUnderTest();
    }
}
