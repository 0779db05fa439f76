package dev.fovea.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fovea.inference.session.BatchBuffers;
import dev.fovea.inference.session.FakeModel;
import dev.fovea.inference.session.FakeModelSession;
import dev.fovea.inference.session.FakeScript;
import dev.fovea.inference.session.FakeSessionLoader;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.inference.session.OutputSet;
import dev.fovea.inference.session.SessionException;
import dev.fovea.inference.session.SessionLoader;
import dev.fovea.quarkus.config.Configured;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.ModelNotFoundException;
import dev.fovea.repository.ModelRepository;
import dev.fovea.repository.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which models a process loads, and which it refuses.
class ModelChoiceTest {

    private static final String SHA_OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

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
        assertThat(RepositoryCheck.problems(Configured.raw(Map.of("fovea.models.repository", root.toString()))))
                .isEmpty();
    }

    @Test
    void aRepositoryWithoutItIsToldWithWhatHelps() {
        var config =
                Configured.raw(Map.of("fovea.models.repository", root.toString(), "fovea.models.default", "netvlad"));

        assertThat(RepositoryCheck.problems(config))
                .singleElement()
                .asString()
                .contains("does not hold the default model netvlad")
                .contains("Name one that it holds (fovea.models.default = its name without a version)")
                .contains("build it: fovea models build netvlad --repository " + root)
                .endsWith("fovea models adopt or fovea fit head with --name netvlad");
    }

    @Test
    void everyFurtherModelThatIsNotThereIsTold() {
        assertThat(problems(Map.of("fovea.models.load", "siftnet@9,netvlad,hardnet@new,hardnet@4")))
                .hasSize(3)
                .anySatisfy(told -> assertThat(told).startsWith("fovea.models.load = siftnet@9: "))
                .anySatisfy(told -> assertThat(told).startsWith("fovea.models.load = netvlad: "))
                .contains("fovea.models.load = hardnet@new: the version in hardnet@new is not a whole number");
    }

    @Test
    void aDigestExpectedOfAModelThatIsNotLoadedIsTold() {
        assertThat(problems(Map.of(
                        "fovea.models.expected-digests.\"siftnet@2\"", SHA_OF_NOTHING,
                        "fovea.models.expected-digests.\"siftnet\"", SHA_OF_NOTHING)))
                .containsExactly("fovea.models.expected-digests.\"siftnet\" names siftnet, which is not loaded;"
                        + " loaded are [siftnet@2]");
    }

    @Nested
    class WithAnExpectedDigest {

        private final FakeScript script = new FakeScript();
        private final ModelVersion model =
                new ModelVersion("fake", 1, root.resolve("siftnet/1").resolve(ModelRepository.MODEL_FILE));
        private final List<ModelVersion> handedToTheEngine = new ArrayList<>();
        private final SessionLoader loader = version -> {
            handedToTheEngine.add(version);
            return new EmptyFileSession(new FakeModelSession(FakeModel.manifest(1), script));
        };

        @Test
        void loadsTheModelThatHasIt() throws SessionException {
            for (String digest : List.of(SHA_OF_NOTHING, "sha256:" + SHA_OF_NOTHING, "SHA256:" + SHA_OF_NOTHING)) {
                var checked = new ExpectedDigests(loader, Map.of("fake@1", digest));

                assertThat(checked.load(model).digest()).isEqualTo("sha256:" + SHA_OF_NOTHING);
            }
        }

        @Test
        void loadsAModelOfWhichNoneIsExpected() throws SessionException {
            var checked = new ExpectedDigests(loader, Map.of("other@1", "0".repeat(64)));

            assertThat(checked.load(model).digest()).isEqualTo("sha256:" + SHA_OF_NOTHING);
        }

        @Test
        void refusesAnotherBeforeTheEngineSeesIt() {
            var checked = new ExpectedDigests(loader, Map.of("fake@1", "0".repeat(64)));

            assertThatExceptionOfType(SessionException.class)
                    .isThrownBy(() -> checked.load(model))
                    .withMessageContaining("has the digest sha256:" + SHA_OF_NOTHING)
                    .withMessageContaining("fovea.models.expected-digests.\"fake@1\" = sha256:" + "0".repeat(64));
            assertThat(handedToTheEngine).isEmpty();
        }

        @Test
        void refusesWhatIsNoDigest() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ExpectedDigests(loader, Map.of("fake@1", "sha256:00")))
                    .withMessage("fovea.models.expected-digests.\"fake@1\" = sha256:00 is no SHA-256: expected are"
                            + " 64 hexadecimal digits, with or without sha256: before them");
        }
    }

    @Nested
    class WithAnAcceptance {

        private final FakeSessionLoader loader = new FakeSessionLoader(FakeModel.manifest(1), new FakeScript());

        @Test
        void loadsWhatTheServiceCanUse() throws SessionException {
            var accepted = new AcceptedModels(loader, manifest -> Optional.empty());

            assertThat(accepted.load(FakeModel.VERSION).digest()).isEqualTo("sha256:fake");
        }

        @Test
        void refusesAndClosesWhatItCannot() {
            var accepted = new AcceptedModels(loader, manifest -> Optional.of("its task is " + manifest.task()));

            assertThatExceptionOfType(SessionException.class)
                    .isThrownBy(() -> accepted.load(FakeModel.VERSION))
                    .withMessageStartingWith("model fake@1 (")
                    .withMessageEndingWith("its task is test");
            assertThat(loader.sessions()).isNotEmpty().allMatch(session -> session.isClosed());
        }
    }

    /// The session of an empty file.
    private record EmptyFileSession(ModelSession session) implements ModelSession {

        @Override
        public String digest() {
            return "sha256:" + SHA_OF_NOTHING;
        }

        @Override
        public ModelManifest manifest() {
            return session.manifest();
        }

        @Override
        public List<String> executionProviders() {
            return session.executionProviders();
        }

        @Override
        public BatchBuffers newBuffers() {
            return session.newBuffers();
        }

        @Override
        public int run(BatchBuffers buffers, int rows, OutputSet outputs) throws SessionException {
            return session.run(buffers, rows, outputs);
        }

        @Override
        public void close() {
            session.close();
        }
    }

    private List<String> problems(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.put("fovea.models.repository", root.toString());
        return RepositoryCheck.problems(Configured.raw(all));
    }

    private List<String> selected(Map<String, String> values) {
        return ModelSelection.of(Configured.with(values).models(), new ModelRepository(root)).stream()
                .map(ModelVersion::toString)
                .toList();
    }
}
