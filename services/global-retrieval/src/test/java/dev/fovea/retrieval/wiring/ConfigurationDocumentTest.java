package dev.fovea.retrieval.wiring;

import dev.fovea.tests.service.ConfigurationDocument;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// `CONFIGURATION.md` is what the configuration interfaces say, and nothing else.
class ConfigurationDocumentTest {

    @Test
    void tableListsEveryKeyAsItIsDeclared() throws IOException {
        ConfigurationDocument.assertListsEveryKey("global-retrieval", GlobalRetrievalProgram.CONFIGURATION);
    }
}
