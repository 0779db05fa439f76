package dev.fovea.quarkus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationCheckTest {

    private static final List<SettingSpec> SETTINGS = SettingReader.read(List.of(ServingConfig.class));

    @Test
    void findsNothingWrongWithTheDefaults() {
        assertThat(problems(Map.of())).isEmpty();
    }

    @Test
    void findsNothingWrongWithValuesAtTheirBounds() {
        assertThat(problems(Map.of(
                        "fovea.batching.max-batch", "4096",
                        "fovea.batching.max-delay", "10s",
                        "fovea.batching.max-queued-bytes", "1024G",
                        "fovea.batching.bulk-min-share", "0.5",
                        "fovea.execution.providers", "cuda,cpu",
                        "fovea.kafka.delivery", "AT_LEAST_ONCE",
                        "fovea.references.folders", "/a,/b",
                        "fovea.models.expected-digests.\"siftnet@1\"", "sha256:00",
                        "fovea.kafka.properties.security.protocol", "SSL")))
                .isEmpty();
    }

    static Stream<Arguments> badValues() {
        return Stream.of(
                arguments(
                        "fovea.batching.max-batch",
                        "4097",
                        "fovea.batching.max-batch = 4097 is outside 1 to 4096 rows (default: 256)"),
                arguments(
                        "fovea.instances",
                        "one",
                        "fovea.instances = one is not a whole number; allowed is 1 to 64 (default: 1)"),
                arguments(
                        "fovea.batching.max-delay",
                        "11s",
                        "fovea.batching.max-delay = 11s is outside 0ms to 10s (default: 2ms)"),
                arguments(
                        "fovea.limits.max-image-bytes",
                        "2G",
                        "fovea.limits.max-image-bytes = 2G is outside 1 to 1G (default: 16M)"),
                arguments(
                        "fovea.execution.providers",
                        "cpu,tpu",
                        "fovea.execution.providers = tpu is none of cpu, cuda, tensorrt (default: cpu)"),
                arguments(
                        "fovea.kafka.enabled",
                        "yes",
                        "fovea.kafka.enabled = yes is none of true, false (default: false)"),
                arguments(
                        "fovea.execution.cpu.threads",
                        "0",
                        "fovea.execution.cpu.threads = 0 is outside 1 to 1024"
                                + " (default: the processors available)"),
                arguments(
                        "fovea.references.schemes",
                        "ftp",
                        "fovea.references.schemes = ftp is none of https, http, file"
                                + " (default: none: every reference is refused)"),
                arguments(
                        "fovea.batching.max-btch",
                        "4",
                        "fovea.batching.max-btch is not a key; did you mean fovea.batching.max-batch?"),
                arguments("fovea.quite.different", "x", "fovea.quite.different is not a key"));
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void quotesKeyValueRangeAndDefault(String key, String value, String message) {
        assertThat(problems(Map.of(key, value))).containsExactly(message);
    }

    @Test
    void tellsAllProblemsAtOnce() {
        assertThat(problems(Map.of(
                        "fovea.batching.max-batch", "0",
                        "fovea.grpc.calls", "many",
                        "fovea.kafka.format", "xml",
                        "fovea.nothing", "x")))
                .hasSize(4);
    }

    @Test
    void missesARequiredKey() {
        assertThat(problems(Map.of("fovea.models.default", "")))
                .singleElement()
                .asString()
                .startsWith("fovea.models.default is missing: model of a request that names none");
    }

    /// A configuration with a secret that can be wrong.
    @ConfigMapping(prefix = "fovea.safe")
    interface Safe {

        @Setting(is = "what opens it", from = "1000", to = "9999", secret = true)
        @WithDefault("1000")
        int pin();

        @Setting(
                is = "who may open it",
                oneOf = {"anna", "otto"},
                secret = true)
        @WithDefault("anna")
        String owner();
    }

    @ParameterizedTest
    @CsvSource({
        "pin, 123456, fovea.safe.pin is outside 1000 to 9999 (default: 1000)",
        "pin, open-sesame, fovea.safe.pin is not a whole number; allowed is 1000 to 9999 (default: 1000)",
        "owner, open-sesame, 'fovea.safe.owner is none of anna, otto (default: anna)'",
        "pni, 123456, fovea.safe.pni is not a key; did you mean fovea.safe.pin?"
    })
    void doesNotQuoteASecret(String key, String value, String message) {
        var settings = SettingReader.read(List.of(Safe.class));

        assertThat(new ConfigurationCheck(settings, Configured.raw(Map.of("fovea.safe." + key, value))).problems())
                .contains(message)
                .noneSatisfy(problem -> assertThat(problem).contains(value));
    }

    private static List<String> problems(Map<String, String> values) {
        return new ConfigurationCheck(SETTINGS, Configured.raw(values)).problems();
    }
}
