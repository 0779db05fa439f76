package dev.fovea.patches;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.patch.PatchModels;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.TensorSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PatchModelsTest {
    private static final ModelManifest GOOD = FakeModel.ofBytes().manifest();
    private static final TensorSpec INPUT = GOOD.inputs().getFirst();
    private static final TensorSpec OUTPUT = GOOD.outputs().getFirst();

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"UINT8", "FLOAT32"})
    void takesBytesAndFloats(ElementType type) {
        assertThat(PatchModels.problem(FakeModel.of(type, "none").manifest())).isEmpty();
    }

    @Test
    void refusesAnotherTask() {
        assertThat(PatchModels.problem(with("place-recognition", List.of(INPUT), OUTPUT)))
                .contains("its task is \"place-recognition\", expected is \"patch-description\"");
    }

    @Test
    void refusesTwoInputs() {
        assertThat(PatchModels.problem(with(GOOD.task(), List.of(INPUT, INPUT), OUTPUT)))
                .contains("it has 2 inputs, expected is one");
    }

    @Test
    void refusesAnInputThatIsNotThePatch() {
        var wide = new TensorSpec("patches", ElementType.UINT8, List.of(4, 8), "grey");

        assertThat(PatchModels.problem(with(GOOD.task(), List.of(wide), OUTPUT)))
                .contains("its input is patches, UINT8 of [4, 8], expected is UINT8 or FLOAT32 of [4, 4], as its"
                        + " preprocessing says");
    }

    @Test
    void refusesAnOutputThatIsNoVectorOfFloats() {
        var bytes = new TensorSpec("descriptors", ElementType.UINT8, List.of(128), "");
        var map = new TensorSpec("descriptors", ElementType.FLOAT32, List.of(2, 64), "");

        assertThat(PatchModels.problem(with(GOOD.task(), List.of(INPUT), bytes)))
                .contains("its first output is descriptors, UINT8 of [128], expected is FLOAT32 of one dimension");
        assertThat(PatchModels.problem(with(GOOD.task(), List.of(INPUT), map))).isPresent();
    }

    private static ModelManifest with(String task, List<TensorSpec> inputs, TensorSpec output) {
        return new ModelManifest(
                GOOD.name(),
                GOOD.version(),
                task,
                GOOD.architecture(),
                GOOD.parameters(),
                inputs,
                List.of(output),
                GOOD.preprocessing(),
                GOOD.labels(),
                GOOD.outputNormalization(),
                GOOD.batchBuckets(),
                GOOD.provenance(),
                GOOD.paper(),
                GOOD.sample());
    }
}
