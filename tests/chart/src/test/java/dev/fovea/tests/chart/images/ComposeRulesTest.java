package dev.fovea.tests.chart.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fovea.tests.support.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class ComposeRulesTest {

    private final Path root = Checkout.root();
    private JsonNode services = new ObjectMapper().createObjectNode();

    /// By SnakeYAML, because Jackson does not merge what `<<` names.
    @BeforeEach
    void readTheFile() throws IOException {
        Map<String, Object> compose = new Yaml().load(read("docker/compose.yaml"));
        services = new ObjectMapper().<JsonNode>valueToTree(compose).path("services");
    }

    @Test
    void everyContainerIsHardened() {
        assertThat(services.properties()).isNotEmpty().allSatisfy(entry -> {
            JsonNode service = entry.getValue();
            assertThat(texts(service.path("cap_drop"))).containsExactly("ALL");
            assertThat(texts(service.path("security_opt"))).containsExactly("no-new-privileges:true");
            assertThat(service.has("mem_limit")).as("a memory limit").isTrue();
            boolean kafka = service.path("image").asText().startsWith("apache/kafka");
            assertThat(service.path("read_only").asBoolean()).isEqualTo(!kafka);
        });
    }

    @Test
    void everyKeyThatAServiceIsGivenIsOneItHas() throws IOException {
        List<String> checked = new ArrayList<>();
        for (var service : services.properties()) {
            String name = service.getValue()
                    .path("build")
                    .path("args")
                    .path("SERVICE")
                    .asText();
            if (!name.isEmpty()) {
                assertThat(service.getValue().path("environment").fieldNames())
                        .toIterable()
                        .as(service.getKey())
                        .isNotEmpty()
                        .isSubsetOf(environmentOf(name));
                checked.add(name);
            }
        }
        assertThat(checked).contains("patch-description", "fine-grained-classification", "global-retrieval");
    }

    @Test
    void theTopicsAreThoseOfTheServices() throws IOException {
        List<String> created =
                List.of(services.path("topics").path("command").toString().split("[^a-z.-]+"));
        for (String service : List.of("patch-description", "fine-grained-classification", "global-retrieval")) {
            assertThat(found("`fovea\\.([a-z.-]+)` \\((?:in|out)\\)", read("services/" + service + "/README.md")))
                    .isNotEmpty()
                    .isSubsetOf(created);
        }
    }

    @Test
    void portsAreOpenToThisMachineOnly() {
        Stream<String> ports = services.properties().stream()
                .flatMap(service -> texts(service.getValue().path("ports")).stream());

        assertThat(ports).isNotEmpty().allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    /// A service's documented keys as environment variables.
    private List<String> environmentOf(String service) throws IOException {
        return found("(?m)^\\| `([a-z.-]+)`", read("services/" + service + "/CONFIGURATION.md")).stream()
                .map(key -> key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"))
                .toList();
    }

    private String read(String file) throws IOException {
        return Files.readString(root.resolve(file));
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
