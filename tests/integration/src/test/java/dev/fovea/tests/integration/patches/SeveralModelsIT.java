package dev.fovea.tests.integration.patches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.tests.contract.service.ModelOffer;
import dev.fovea.tests.contract.service.ServiceAnswer;
import dev.fovea.tests.contract.service.ServiceUnderTest;
import dev.fovea.tests.contract.service.SeveralModelsContract;
import dev.fovea.tests.integration.Models;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Models of several architectures, patch sizes and dimensions at once.
class SeveralModelsIT extends SeveralModelsContract {

    private static final ModelOffer TFEAT = new ModelOffer("tfeat", 1, "SEEDED");

    @Override
    protected ServiceUnderTest service() {
        return new PatchDescriptionUnderTest();
    }

    @Override
    protected List<ModelOffer> offers() {
        return List.of(
                new ModelOffer("hardnet8", 1, "SEEDED"),
                new ModelOffer("siftnet", 1, "COMPUTED"),
                new ModelOffer("siftnet", 2, "COMPUTED"),
                TFEAT);
    }

    @Override
    protected ModelOffer byDefault() {
        return TFEAT;
    }

    @Override
    protected void buildModels(Path repository) {
        Models.build(repository, "siftnet");
        Models.build(repository, "siftnet", "--version", "2", "--patch-size", "41");
        Models.build(repository, "hardnet8", "--seeded", "test", "--pca", "0");
        Models.build(repository, "tfeat", "--seeded", "test");
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("fovea.models.default", "tfeat", "fovea.models.load", "siftnet,siftnet@1,hardnet8");
    }

    @ParameterizedTest(name = "{0}@{1}: {2}")
    @CsvSource({"siftnet, 1, 128", "siftnet, 2, 128", "hardnet8, 1, 512", "tfeat, 1, 128"})
    void eachModelDescribesTheDetectorsKeypointsWithUnitVectorsOfItsDimension(String name, int version, int dimension) {
        ServiceAnswer answer = ask(name, version);

        assertThat(answer.exact())
                .as("the detector does not depend on the model")
                .isEqualTo(ask("siftnet", 0).exact());
        FloatBuffer values = answer.numbers();
        int count = ((List<?>) answer.exact()).size();
        assertThat(count).isGreaterThan(5);
        assertThat(values.remaining()).isEqualTo(count * dimension);
        for (int row = 0; row < count; row++) {
            double sum = 0;
            for (int i = 0; i < dimension; i++) {
                float value = values.get(row * dimension + i);
                sum += value * value;
            }
            assertThat(Math.sqrt(sum)).as("norm of row %d", row).isCloseTo(1, within(1e-4));
        }
    }
}
