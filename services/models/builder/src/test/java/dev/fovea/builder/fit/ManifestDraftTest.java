package dev.fovea.builder.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.registry.Architectures;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.TensorSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestDraftTest {

    @Test
    void outputsThatExplainedTheOldAnswerAreLeftBehind() {
        ModelManifest explained = explained(Architectures.named("siftnet")
                .build(ModelRequest.defaults("siftnet", ElementType.UINT8))
                .manifest());
        assertThat(explained.explanations()).hasSize(1);

        ModelManifest fitted = ManifestDraft.of(explained).done();

        assertThat(fitted.outputs()).containsExactly(explained.outputs().getFirst());
        assertThat(fitted.explanations()).isEmpty();
        assertThat(fitted.parameters()).containsExactly(Map.entry("kept", "yes"));
    }

    private static ModelManifest explained(ModelManifest like) {
        return new ModelManifest(
                like.name(),
                like.version(),
                like.task(),
                like.architecture(),
                Map.of("kept", "yes", ModelManifest.EXPLAINS, "map"),
                like.inputs(),
                List.of(
                        like.outputs().getFirst(),
                        new TensorSpec("map", ElementType.FLOAT32, List.of(8, 8), "row, column")),
                like.preprocessing(),
                like.labels(),
                like.outputNormalization(),
                like.batchBuckets(),
                like.provenance(),
                like.paper(),
                like.sample());
    }
}
