package dev.fovea.inference.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fovea.inference.Tensor;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.StoredSample;
import dev.fovea.repository.TensorSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Expected values: SplitMix64 with seed 0 gives 0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F
/// (S. Vigna, splitmix64.c, first outputs of seed 0).
class SampleInputTest {

    private static final Optional<StoredSample> SEED_0 = Optional.of(StoredSample.of(0, new float[] {0}, 0));

    @Test
    void bytesAreTheHighestEightBits() {
        Tensor item = SampleInput.of(manifest(ElementType.UINT8, SEED_0));

        assertThat(item.rows()).isEqualTo(1);
        assertThat(item.bytes().get(0)).isEqualTo((byte) 0xE2);
        assertThat(item.bytes().get(1)).isEqualTo((byte) 0x6E);
        assertThat(item.bytes().get(2)).isEqualTo((byte) 0x06);
    }

    @Test
    void floatsAreTheHighest24BitsAsAFraction() {
        Tensor item = SampleInput.of(manifest(ElementType.FLOAT32, SEED_0));

        assertThat(item.row(0)).containsExactly(0xE220A8 / 0x1p24f, 0x6E789E / 0x1p24f, 0x06C45D / 0x1p24f);
    }

    @Test
    void refusesAModelWithoutSampleAndSaysWhatRecordsOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleInput.of(manifest(ElementType.FLOAT32, Optional.empty())))
                .withMessageStartingWith("model fake@1 has no stored sample")
                .withMessageContaining("fovea models build");
    }

    private static ModelManifest manifest(ElementType type, Optional<StoredSample> sample) {
        ModelManifest like = FakeModel.manifest(1);
        return new ModelManifest(
                like.name(),
                like.version(),
                like.task(),
                like.architecture(),
                like.parameters(),
                List.of(new TensorSpec("items", type, List.of(3), "")),
                like.outputs(),
                like.preprocessing(),
                like.labels(),
                like.outputNormalization(),
                like.batchBuckets(),
                like.provenance(),
                like.paper(),
                sample);
    }
}
