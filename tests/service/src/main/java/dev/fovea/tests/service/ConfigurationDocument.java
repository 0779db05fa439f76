package dev.fovea.tests.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.quarkus.config.ConfigurationTable;
import dev.fovea.quarkus.config.SettingReader;
import dev.fovea.tests.support.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The table of keys in a service's `CONFIGURATION.md`.
public final class ConfigurationDocument {

    private static final String BEGIN = "<!-- table: begin -->\n";
    private static final String END = "<!-- table: end -->";

    private ConfigurationDocument() {}

    /// Fails if the table is not what the configuration interfaces say; with `-Dwrite.configuration=true` it is written
    /// anew.
    ///
    /// @param service folder under `services/`
    public static void assertListsEveryKey(String service, List<Class<?>> interfaces) throws IOException {
        Path document = Checkout.root().resolve("services/" + service + "/CONFIGURATION.md");
        String written = Files.readString(document, UTF_8);
        String table = ConfigurationTable.markdown(SettingReader.read(interfaces));
        int from = written.indexOf(BEGIN) + BEGIN.length();
        String expected = written.substring(0, from) + table + written.substring(written.indexOf(END));

        if (Boolean.getBoolean("write.configuration")) {
            Files.writeString(document, expected, UTF_8);
        }

        assertThat(Files.readString(document, UTF_8))
                .as("CONFIGURATION.md; to write it anew: mvn -f services/" + service
                        + " test -Dtest=ConfigurationDocumentTest -Dwrite.configuration=true")
                .isEqualTo(expected);
    }
}
