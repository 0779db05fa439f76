package dev.fovea.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelRepositoryTest {

    @TempDir
    private Path root = Path.of("");

    @Test
    void listsModelsByNameAndVersionsByNumber() throws IOException {
        add("siftnet", "10");
        add("siftnet", "9");
        add("hardnet", "1");

        assertThat(repository().names()).containsExactly("hardnet", "siftnet");
        assertThat(repository().versions("siftnet"))
                .extracting(ModelVersion::version)
                .containsExactly(9, 10);
    }

    @Test
    void resolvesTheNewestVersionIfNoneIsNamed() throws IOException {
        add("siftnet", "9");
        Path newest = add("siftnet", "10");

        assertThat(repository().resolve("siftnet", OptionalInt.empty()))
                .isEqualTo(new ModelVersion("siftnet", 10, newest))
                .hasToString("siftnet@10");
        assertThat(repository().resolve("siftnet", OptionalInt.of(9)).version()).isEqualTo(9);
    }

    @Test
    void seesAVersionThatAppearsLater() throws IOException {
        add("siftnet", "1");
        ModelRepository repository = repository();
        assertThat(repository.newest("siftnet").version()).isEqualTo(1);

        add("siftnet", "2");

        assertThat(repository.newest("siftnet").version()).isEqualTo(2);
    }

    @Test
    void ignoresAVersionWhoseFileIsNotThereYetAndHiddenFolders() throws IOException {
        add("siftnet", "1");
        Files.createDirectories(root.resolve("siftnet/2"));
        Files.createDirectories(root.resolve("siftnet/.cache"));
        Files.createDirectories(root.resolve("empty"));

        assertThat(repository().newest("siftnet").version()).isEqualTo(1);
        assertThat(repository().names()).containsExactly("siftnet");
    }

    @Test
    void namesWhatExistsWhenAModelIsMissing() throws IOException {
        add("siftnet", "1");

        assertThatThrownBy(() -> repository().newest("sitfnet"))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessage("no model \"sitfnet\" in " + root + "; it holds [siftnet]");
    }

    @Test
    void namesTheVersionsThatExistWhenOneIsMissing() throws IOException {
        add("siftnet", "1");
        add("siftnet", "3");

        assertThatThrownBy(() -> repository().resolve("siftnet", OptionalInt.of(2)))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessage("model \"siftnet\" has no version 2; it has [1, 3]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "0", "01", "-1", "1.0", "9999999999"})
    void refusesAVersionThatIsNotAWholeNumber(String version) throws IOException {
        Path file = add("siftnet", version);

        assertThatThrownBy(() -> repository().versions("siftnet"))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessage("version \"" + version
                        + "\" of model \"siftnet\" is not a whole number from 1 to 999999999: " + file.getParent());
    }

    @Test
    void refusesARootThatIsMissing() {
        var repository = new ModelRepository(root.resolve("nowhere"));

        assertThatThrownBy(repository::names)
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessage("model repository " + root.resolve("nowhere") + " is not a folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../siftnet", "a/b", ".", ""})
    void refusesANameThatLeavesTheRoot(String name) {
        assertThatThrownBy(() -> repository().versions(name))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining("\"" + name + "\" is not a model name");
    }

    private ModelRepository repository() {
        return new ModelRepository(root);
    }

    private Path add(String name, String version) throws IOException {
        Path folder = Files.createDirectories(root.resolve(name).resolve(version));
        return Files.write(folder.resolve(ModelRepository.MODEL_FILE), new byte[] {1});
    }
}
