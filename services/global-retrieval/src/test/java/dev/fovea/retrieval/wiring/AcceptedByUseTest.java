package dev.fovea.retrieval.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.PatchPreprocessing;
import dev.fovea.repository.TensorSpec;
import dev.fovea.retrieval.CollectionSettings;
import dev.fovea.retrieval.FakeEmbedder;
import dev.fovea.retrieval.StageTwoSettings;
import dev.fovea.vectorindex.VectorStorage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AcceptedByUseTest {
    private static final ModelManifest EMBEDDER = FakeEmbedder.manifest("embedder", "global-retrieval");
    private static final ModelManifest PATCHES = patches();

    @Test
    void aModelIsAcceptedForWhatItsCollectionUsesItFor() {
        var accepted = new AcceptedByUse(List.of(collection("images", "embedder", "patches")));

        assertThat(accepted.problem(EMBEDDER)).isEmpty();
        assertThat(accepted.problem(PATCHES)).isEmpty();
    }

    @Test
    void theOtherWayRoundNeitherIs() {
        var accepted = new AcceptedByUse(List.of(collection("images", "patches", "embedder")));

        assertThat(accepted.problem(PATCHES))
                .contains("its task is \"patch-description\", expected is \"global-retrieval\"");
        assertThat(accepted.problem(EMBEDDER))
                .contains("its task is \"global-retrieval\", expected is \"patch-description\"");
    }

    @Test
    void aModelThatNoCollectionUsesMustEmbed() {
        var accepted = new AcceptedByUse(List.of());

        assertThat(accepted.problem(EMBEDDER)).isEmpty();
        assertThat(accepted.problem(PATCHES)).isPresent();
    }

    @Test
    void noModelIsUsedForBoth() {
        var accepted = new AcceptedByUse(
                List.of(collection("one", "embedder", "patches"), collection("two", "patches", "patches")));

        assertThat(accepted.problem(PATCHES))
                .hasValueSatisfying(problem -> assertThat(problem).contains("cannot be both"));
    }

    @Test
    void anotherVersionIsAnotherModel() {
        var accepted = new AcceptedByUse(List.of(collection("images", "embedder", "patches@2")));

        assertThat(accepted.problem(PATCHES)).as("version 1 is no local model").isPresent();
    }

    private static CollectionSettings collection(String name, String model, String local) {
        String[] parts = local.split("@", 2);
        return new CollectionSettings(
                name,
                new ModelRef(model, 0),
                Optional.of(new ModelRef(parts[0], parts.length == 1 ? 0 : Long.parseLong(parts[1]))),
                VectorStorage.FLOAT32,
                Map.of(),
                new StageTwoSettings(false, 400, 0));
    }

    private static ModelManifest patches() {
        return new ModelManifest(
                "patches",
                1,
                "patch-description",
                "any",
                Map.of(),
                List.of(new TensorSpec("patches", ElementType.UINT8, List.of(4, 4), "grey")),
                List.of(new TensorSpec("descriptors", ElementType.FLOAT32, List.of(8), "unit norm")),
                new PatchPreprocessing(4, 6),
                List.of(),
                "none",
                List.of(1),
                EMBEDDER.provenance(),
                "none",
                Optional.empty());
    }
}
