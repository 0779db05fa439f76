package dev.fovea.tests.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.tests.support.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The CycloneDX document that the build writes of a service.
public final class BillOfMaterials {

    private BillOfMaterials() {}

    /// Fails if a jar is deployed that is not listed. Skipped where Maven is offline and there is no
    /// document of an earlier build.
    ///
    /// @param service folder under `services/`
    public static void assertListsEveryDeployedJar(String service) throws IOException {
        Path target = Checkout.root().resolve("services/" + service + "/target");
        Path written = target.resolve("bom.json");
        assumeTrue(
                Files.exists(written) || !Boolean.getBoolean("maven.offline"),
                "skipped: the cyclonedx plugin does nothing while Maven is offline");
        String bom = Files.readString(written, UTF_8);
        try (var jars = Files.list(target.resolve("quarkus-app/lib/main"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString()))
                    .isNotEmpty()
                    .allSatisfy(jar -> assertThat(names(bom, jar))
                            .as("%s is in bom.json", jar)
                            .isTrue());
        }
    }

    /// Whether some component's group, name and version spell the jar's name, `group.name-version[-classifier].jar`.
    private static boolean names(String bom, String jar) {
        return Pattern.compile("pkg:maven/([^/]+)/([^@\"]+)@([^?\"]+)")
                .matcher(bom)
                .results()
                .anyMatch(found -> jar.startsWith(found.group(1) + "." + found.group(2) + "-" + found.group(3)));
    }
}
