package dev.fovea.tests.chart.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fovea.tests.chart.render.Chart;
import dev.fovea.tests.support.Checkout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The image of the model repository holds what the chart and the services ask for when nobody says another model.
class DefaultModelsTest {

    private static final Map<String, String> SERVICES = Map.of(
            "patchDescription", "patch-description",
            "fineGrainedClassification", "fine-grained-classification",
            "globalRetrieval", "global-retrieval");

    private final Path root = Checkout.root();
    private final List<String> held = held();

    @Test
    void theImageHoldsTheModelsOfTheChart() {
        JsonNode services = Chart.fovea().values().path("services");

        assertThat(SERVICES.keySet())
                .flatExtracting(service -> asked(services.path(service).path("models")))
                .hasSizeGreaterThanOrEqualTo(SERVICES.size())
                .isSubsetOf(held);
    }

    /// Compose names no models.
    @Test
    void theImageHoldsTheModelsOfTheServices() {
        assertThat(SERVICES.values()).extracting(this::defaultModel).isSubsetOf(held);
    }

    private static List<String> asked(JsonNode models) {
        return Stream.concat(
                        Stream.of(models.path("default").asText()),
                        models.path("load").valueStream().map(JsonNode::asText))
                .toList();
    }

    private String defaultModel(String service) {
        var properties = new Properties();
        try (InputStream file = Files.newInputStream(
                root.resolve("services").resolve(service).resolve("src/main/resources/application.properties"))) {
            properties.load(file);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
        return properties.getProperty("fovea.models.default");
    }

    /// Names by `--name`, or else the architecture's.
    private List<String> held() {
        String models = Dockerfile.read(root.resolve("docker/model-repository.Dockerfile"))
                .argument("MODELS")
                .replace("\"", "");
        return Stream.of(models.split(";"))
                .map(model -> List.of(model.strip().split(" +")))
                .map(words -> words.get(words.contains("--name") ? words.indexOf("--name") + 1 : 0))
                .toList();
    }
}
