package dev.fovea.tests.chart.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxTest {

    private Path folder;
    private Sandbox sandbox;

    @BeforeEach
    void mount(@TempDir Path made) throws Exception {
        folder = made;
        sandbox = new Sandbox(folder.resolve("root"));
        sandbox.mount("/models", Files.createDirectories(folder.resolve("a")));
        sandbox.mount("/etc/fovea/kafka-sasl", Files.createDirectories(folder.resolve("b")));
        sandbox.mount("/tmp", Files.createDirectories(folder.resolve("c")));
    }

    @Test
    void pathsOfMountsLeadIntoTheFolder() {
        assertThat(sandbox.translated("repository=/models")).isEqualTo("repository=" + folder + "/root/models");
        assertThat(sandbox.translated("file=\"/models/a/1\"")).isEqualTo("file=\"" + folder + "/root/models/a/1\"");
        assertThat(sandbox.translated("${secret:/etc/fovea/kafka-sasl:password}"))
                .isEqualTo("${secret:" + folder + "/root/etc/fovea/kafka-sasl:password}");
    }

    @Test
    void soDoesTheFolderThatSecretsShare() {
        assertThat(sandbox.translated("allowed.paths=/etc/fovea"))
                .isEqualTo("allowed.paths=" + folder + "/root/etc/fovea");
    }

    @Test
    void whatOnlyLooksLikeOneOfThemStays() {
        assertThat(sandbox.translated("https://host/models /modelsx /var/models /opt"))
                .isEqualTo("https://host/models /modelsx /var/models /opt");
    }

    @Test
    void aNameOfTheClusterLeadsToThisMachine() {
        sandbox.resolve("a.vision.svc:9000", "localhost:1234");

        assertThat(sandbox.translated("dns:///a.vision.svc:9000")).isEqualTo("dns:///localhost:1234");
    }

    @Test
    void aFileBesideTheMountsIsAStray() throws Exception {
        Files.writeString(sandbox.at("/models/in-a-mount"), "");
        Path stray = Files.writeString(sandbox.at("/etc/stray"), "");

        assertThat(sandbox.strays()).containsExactly(stray);
    }
}
