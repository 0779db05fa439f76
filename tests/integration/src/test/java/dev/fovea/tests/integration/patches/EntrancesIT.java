package dev.fovea.tests.integration.patches;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.tests.contract.service.EntrancesContract;
import dev.fovea.tests.contract.service.ServiceUnderTest;
import org.junit.jupiter.api.Test;

class EntrancesIT extends EntrancesContract {

    private static final int DIMENSION = 128;

    @Override
    protected ServiceUnderTest service() {
        return new PatchDescriptionUnderTest();
    }

    @Test
    void theImageHasPatchesToDescribe() {
        assertThat(answer().numbers().remaining()).isGreaterThan(5 * DIMENSION);
    }
}
