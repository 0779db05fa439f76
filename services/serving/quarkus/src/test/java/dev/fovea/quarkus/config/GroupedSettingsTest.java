package dev.fovea.quarkus.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.inference.Lane;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Groups of which configuration may hold several, each under a name of its own.
class GroupedSettingsTest {

    private static final List<SettingSpec> SETTINGS = SettingReader.read(List.of(Shelves.class));

    @Test
    void aKeyStandsForThatOfEveryGroup() {
        assertThat(SETTINGS)
                .extracting(SettingSpec::key)
                .containsExactly(
                        "fovea.shelf.boards.*.height", "fovea.shelf.boards.*.lanes", "fovea.shelf.boards.*.wood");
    }

    @Test
    void theTableShowsThePlaceOfTheName() {
        assertThat(ConfigurationTable.markdown(SETTINGS))
                .contains("| `fovea.shelf.boards.*.height` | 1 to 9 cm | `5` | how high |")
                .contains("| `fovea.shelf.boards.*.lanes.*` | one of interactive, bulk | none | what lies where |");
    }

    @Test
    void findsNothingWrongWithoutAGroup() {
        assertThat(problems(Map.of())).isEmpty();
    }

    @Test
    void findsNothingWrongWithNamesThatAreQuotedOrPlain() {
        assertThat(problems(Map.of(
                        "fovea.shelf.boards.top.height", "9",
                        "fovea.shelf.boards.\"second.one\".height", "1",
                        "fovea.shelf.boards.top.lanes.left", "bulk")))
                .isEmpty();
    }

    @Test
    void quotesTheGroupOfAValueThatIsWrong() {
        assertThat(problems(Map.of(
                        "fovea.shelf.boards.top.height", "10",
                        "fovea.shelf.boards.\"a.b\".height", "x",
                        "fovea.shelf.boards.top.lanes.left", "fast")))
                .containsExactlyInAnyOrder(
                        "fovea.shelf.boards.top.height = 10 is outside 1 to 9 cm (default: 5)",
                        "fovea.shelf.boards.\"a.b\".height = x is not a whole number; allowed is 1 to 9 cm (default: 5)",
                        "fovea.shelf.boards.top.lanes.left = fast is none of interactive, bulk (default: none)");
    }

    @Test
    void namesTheKeyThatWasMeantInItsGroup() {
        assertThat(problems(Map.of("fovea.shelf.boards.top.heigth", "9")))
                .containsExactly(
                        "fovea.shelf.boards.top.heigth is not a key; did you mean fovea.shelf.boards.top.height?");
    }

    private static List<String> problems(Map<String, String> values) {
        var all = SettingReader.read(List.of(ServingConfig.class, Shelves.class));
        return new ConfigurationCheck(all, Configured.raw(values)).problems();
    }

    /// Some keys.
    @ConfigMapping(prefix = "fovea.shelf")
    interface Shelves {
        Map<String, Board> boards();
    }

    /// One group.
    interface Board {
        @Setting(is = "how high", unit = "cm", from = "1", to = "9")
        @WithDefault("5")
        int height();

        @Setting(is = "what lies where", otherwise = "none")
        Map<String, Lane> lanes();

        @Setting(is = "what it is made of")
        @WithDefault("oak")
        String wood();
    }
}
