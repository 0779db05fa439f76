package dev.fovea.quarkus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingReaderTest {

    private static final List<SettingSpec> SETTINGS = SettingReader.read(List.of(ServingConfig.class));

    @Test
    void everyKeyHasADefaultOrSaysWhatHoldsWithoutOne() {
        assertThat(SETTINGS)
                .isNotEmpty()
                .filteredOn(setting -> setting.defaultText().equals("none, required"))
                .extracting(SettingSpec::key)
                .containsExactly("fovea.models.default");
    }

    @Test
    void everyDefaultPassesItsOwnCheck() {
        var values = new java.util.HashMap<String, String>();
        SETTINGS.forEach(setting -> setting.byDefault().ifPresent(value -> values.put(setting.key(), value)));

        assertThat(new ConfigurationCheck(SETTINGS, Configured.raw(values)).problems())
                .isEmpty();
    }

    @Test
    void everyNumberHasARange() {
        assertThat(SETTINGS)
                .filteredOn(setting -> Number.class.isAssignableFrom(setting.type()))
                .allSatisfy(setting -> assertThat(setting.range()).contains(" to "));
    }

    @Test
    void printsOneLineAKey() {
        assertThat(ConfigurationTable.markdown(SETTINGS))
                .contains("| `fovea.batching.max-batch` | 1 to 4096 rows | `256` | rows of the largest batch;")
                .contains("| `fovea.execution.providers` | list: one of cpu, cuda, tensorrt | `cpu` |")
                .contains("| `fovea.kafka.properties.*` |")
                .hasLineCount(SETTINGS.size() + 2);
    }

    @Test
    void refusesAKeyWithoutDocumentation() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingReader.read(List.of(Undocumented.class)))
                .withMessageContaining("test.undocumented.side-px");
    }

    @ConfigMapping(prefix = "test.undocumented")
    interface Undocumented {
        int sidePx();
    }
}
