package dev.fovea.architectures.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.architectures.Architecture;
import dev.fovea.architectures.registry.Architectures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// `ARCHITECTURES.md` says what the networks are; `-Dfovea.write=true` writes its tables anew.
class ArchitecturesPageTest {

    private static final Path FILE = Path.of("ARCHITECTURES.md");
    private static final String ADVICE =
            "ARCHITECTURES.md differs from the networks; to write its tables anew: mvn -f services/models/architectures"
                    + " test -Dtest=ArchitecturesPageTest -Dfovea.write=true";

    @Test
    void everyTableOfThePageIsWhatTheNetworksAre() throws IOException {
        var page = new Page(Files.readString(FILE));
        Map<String, String> tables = new Tables().all();
        assertThat(page.tables())
                .as("tables between markers in %s", FILE)
                .containsExactlyInAnyOrderElementsOf(tables.keySet());

        Page renewed = page.with(tables);

        if (Boolean.getBoolean("fovea.write")) {
            Files.writeString(FILE, renewed.text());
        } else {
            assertThat(page.text()).as(ADVICE).isEqualTo(renewed.text());
        }
    }

    @Test
    void everyArchitectureIsExplainedInASectionWithItsCommand() throws IOException {
        String page = Files.readString(FILE);
        for (Architecture architecture : Architectures.all()) {
            String anchor = Published.of(architecture.name()).section();
            assertThat(page.lines().filter(line -> line.startsWith("### ")).map(ArchitecturesPageTest::anchor))
                    .as("headings of %s, one for %s", FILE, architecture.name())
                    .contains(anchor);
            assertThat(page).contains("fovea models build " + architecture.name() + " ");
        }
    }

    /// As GitHub makes it of a heading.
    private static String anchor(String heading) {
        return heading.substring("### ".length())
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9 -]", "")
                .replace(' ', '-');
    }
}
