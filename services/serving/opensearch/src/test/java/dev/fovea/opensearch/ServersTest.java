package dev.fovea.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServersTest {

    @ParameterizedTest
    @ValueSource(strings = {"ftp://a:9200", "a:9200", "http://user:secret@a:9200", "https://a:9200/path"})
    void refusesWhatIsNotTheUrlOfANode(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Servers.at(List.of(URI.create(url))))
                .withMessageContaining("is not the URL of an OpenSearch node")
                .withMessageNotContaining("secret");
    }

    @Test
    void aPasswordComesFromAFileAndIsNotPrinted(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "secret\n");

        Credentials credentials = Credentials.fromFile("fovea", file);

        assertThat(credentials.password()).isEqualTo("secret");
        assertThat(credentials).hasToString("user fovea");
    }
}
