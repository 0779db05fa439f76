package dev.fovea.tests.integration.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.tests.contract.service.ModelOffer;
import dev.fovea.tests.contract.service.ServiceUnderTest;
import dev.fovea.tests.contract.service.SeveralModelsContract;
import dev.fovea.tests.integration.Models;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Embedders of several architectures and dimensions at once; a collection of the default's and of another's.
class SeveralModelsIT extends SeveralModelsContract {

    private static final ModelOffer DENSE = new ModelOffer("dense", 2, "COMPUTED");

    @Override
    protected ServiceUnderTest service() {
        return new RetrievalUnderTest();
    }

    @Override
    protected List<ModelOffer> offers() {
        return List.of(DENSE, new ModelOffer("dense", 1, "COMPUTED"), new ModelOffer("network", 1, "SEEDED"));
    }

    @Override
    protected ModelOffer byDefault() {
        return DENSE;
    }

    @Override
    protected void buildModels(Path repository) {
        RetrievalUnderTest.buildEmbedder(repository, "dense");
        RetrievalUnderTest.buildEmbedder(repository, "dense", "--version=2", "--patch-sizes=16");
        Models.build(repository, "gem", "--name=network", "--trunk=resnet18", "--image-size=64", "--seeded=test");
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("fovea.models.default", "dense", "fovea.models.load", "dense@1,network");
    }

    @ParameterizedTest(name = "{0}@{1}: {2}")
    @CsvSource({"dense, 1, 128", "dense, 2, 128", "network, 1, 512"})
    void eachModelEmbedsIntoItsDimension(String name, int version, int dimension) {
        assertThat(ask(name, version).numbers().remaining()).isEqualTo(dimension);
    }
}
