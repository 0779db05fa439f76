package dev.fovea.tests.chart.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// `mvn -pl tests/chart test -Dtest=ValuesTableTest -Dwrite.values=true` writes the table anew.
class ValuesTableTest {

    private static final Path CHART = Path.of("../../charts/fovea");
    private static final Path README = CHART.resolve("README.md");
    private static final String BEGIN = "<!-- values: begin -->\n";
    private static final String END = "<!-- values: end -->";

    @Test
    void theTableOfTheReadmeIsThatOfTheValues() throws IOException {
        String readme = Files.readString(README);
        String table = DocumentedValues.read(CHART.resolve("values.yaml")).table();
        if (Boolean.getBoolean("write.values")) {
            readme = before(readme) + table + after(readme);
            Files.writeString(README, readme);
        }

        assertThat(readme).isEqualTo(before(readme) + table + after(readme));
    }

    @Test
    void everyValueIsExplained() throws IOException {
        assertThat(DocumentedValues.read(CHART.resolve("values.yaml")).undocumented())
                .isEmpty();
    }

    @Test
    void aKeyWithoutATextIsFound() throws IOException {
        var values = DocumentedValues.of("""
                # -- of all below
                known: {inner: 1}
                group:
                  # -- a | b
                  told: [x, y]
                  untold: 3
                """);

        assertThat(values.undocumented()).containsExactly("group.untold");
        assertThat(values.table())
                .contains(
                        "| `known` | `{\"inner\":1}` | of all below |", "| `group.told` | `[\"x\",\"y\"]` | a \\| b |");
    }

    private static String before(String readme) {
        return readme.substring(0, readme.indexOf(BEGIN) + BEGIN.length());
    }

    private static String after(String readme) {
        return readme.substring(readme.indexOf(END));
    }
}
