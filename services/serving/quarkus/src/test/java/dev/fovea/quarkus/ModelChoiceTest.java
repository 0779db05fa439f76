package dev.fovea.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fovea.inference.session.FakeModel;
import dev.fovea.inference.session.FakeScript;
import dev.fovea.inference.session.FakeSessionLoader;
import dev.fovea.inference.session.SessionException;
import dev.fovea.quarkus.config.Configured;
import dev.fovea.repository.ModelNotFoundException;
import dev.fovea.repository.ModelRepository;
import dev.fovea.repository.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which models a process loads, and which it refuses.
class ModelChoiceTest {

    private final Path root;

    ModelChoiceTest(@TempDir Path root) throws IOException {
        this.root = root;
        for (String version : new String[] {"siftnet/1", "siftnet/2", "hardnet/4"}) {
            Path folder = Files.createDirectories(root.resolve(version));
            Files.createFile(folder.resolve(ModelRepository.MODEL_FILE));
        }
    }

    @Test
    void loadsTheNewestVersionOfTheDefaultModel() {
        assertThat(selected(Map.of())).containsExactly("siftnet@2");
    }

    @Test
    void loadsFurtherModelsOnce() {
        assertThat(selected(Map.of("fovea.models.load", "siftnet@1,hardnet,siftnet@2")))
                .containsExactly("siftnet@2", "siftnet@1", "hardnet@4");
    }

    @Test
    void namesWhatDoesNotExist() {
        assertThatExceptionOfType(ModelNotFoundException.class)
                .isThrownBy(() -> selected(Map.of("fovea.models.load", "siftnet@9")))
                .withMessageContaining("siftnet")
                .withMessageContaining("9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> selected(Map.of("fovea.models.load", "siftnet@new")))
                .withMessageContaining("siftnet@new");
    }

    @Test
    void aRepositoryWithTheDefaultModelIsNoProblem() {
        assertThat(RepositoryCheck.problem(Configured.raw(Map.of("fovea.models.repository", root.toString()))))
                .isEmpty();
    }

    @Test
    void aRepositoryWithoutItIsToldWithTheCommandThatHelps() {
        var config =
                Configured.raw(Map.of("fovea.models.repository", root.toString(), "fovea.models.default", "netvlad"));

        assertThat(RepositoryCheck.problem(config).orElseThrow())
                .contains("does not hold the default model netvlad")
                .endsWith("Build it: fovea models build netvlad --repository " + root);
    }

    @Nested
    class WithAnExpectedDigest {

        private final FakeSessionLoader loader = new FakeSessionLoader(FakeModel.manifest(1), new FakeScript());

        @Test
        void loadsTheModelThatHasIt() throws SessionException {
            var checked = new ExpectedDigests(loader, Map.of("fake@1", "SHA256:FAKE"));

            assertThat(checked.load(FakeModel.VERSION).digest()).isEqualTo("sha256:fake");
        }

        @Test
        void loadsAModelOfWhichNoneIsExpected() throws SessionException {
            var checked = new ExpectedDigests(loader, Map.of("other@1", "sha256:00"));

            assertThat(checked.load(FakeModel.VERSION).digest()).isEqualTo("sha256:fake");
        }

        @Test
        void refusesAndClosesAnother() {
            var checked = new ExpectedDigests(loader, Map.of("fake@1", "sha256:00"));

            assertThatExceptionOfType(SessionException.class)
                    .isThrownBy(() -> checked.load(FakeModel.VERSION))
                    .withMessageContaining("has the digest sha256:fake")
                    .withMessageContaining("fovea.models.expected-digests.\"fake@1\" = sha256:00");
            assertThat(loader.sessions()).allMatch(session -> session.isClosed());
        }
    }

    private List<String> selected(Map<String, String> values) {
        return ModelSelection.of(Configured.with(values).models(), new ModelRepository(root)).stream()
                .map(ModelVersion::toString)
                .toList();
    }
}
