package dev.fovea.patches.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.quarkus.config.ConfigurationTable;
import dev.fovea.quarkus.config.SettingReader;
import dev.fovea.tests.support.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// `CONFIGURATION.md` is what the configuration interfaces say, and nothing else.
class ConfigurationDocumentTest {

    private static final String BEGIN = "<!-- table: begin -->\n";
    private static final String END = "<!-- table: end -->";

    /// Run with `-Dwrite.configuration=true` to write the table anew.
    @Test
    void tableListsEveryKeyAsItIsDeclared() throws IOException {
        Path document = Checkout.root().resolve("services/patch-description/CONFIGURATION.md");
        String written = Files.readString(document, UTF_8);
        String table = ConfigurationTable.markdown(SettingReader.read(PatchDescriptionProgram.CONFIGURATION));
        int from = written.indexOf(BEGIN) + BEGIN.length();
        String expected = written.substring(0, from) + table + written.substring(written.indexOf(END));

        if (Boolean.getBoolean("write.configuration")) {
            Files.writeString(document, expected, UTF_8);
        }

        assertThat(Files.readString(document, UTF_8))
                .as("CONFIGURATION.md; to write it anew: mvn -f services/patch-description test"
                        + " -Dtest=ConfigurationDocumentTest -Dwrite.configuration=true")
                .isEqualTo(expected);
    }
}
