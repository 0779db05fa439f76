package dev.fovea.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelManifestTest {

    private final ModelManifest manifest = Manifests.siftnet();

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 8", "8, 8", "9, 32", "32, 32"})
    void padsABatchToTheSmallestBucketThatHoldsIt(int rows, int bucket) {
        assertThat(manifest.bucketFor(rows)).isEqualTo(bucket);
    }

    @Test
    void refusesABatchAboveTheLargestBucket() {
        assertThatThrownBy(() -> manifest.bucketFor(33)).hasMessage("batch of 33 rows is above the largest bucket 32");
    }

    @Test
    void refusesAnOutputNormalizationThatNoServiceKnows() {
        String json = ManifestJson.write(manifest)
                .replace("\"outputNormalization\":\"l2\"", "\"outputNormalization\":\"L2\"");

        assertThatThrownBy(() -> ManifestJson.read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("output normalization \"L2\" of model siftnet must be \"l2\" or \"none\"");
    }

    @Test
    void refusesABucketWhoseRowsDoNotFitIntoOneBuffer() {
        String json = ManifestJson.write(manifest).replace("[1,8,32]", "[1,8,2097152]");

        assertThatThrownBy(() -> ManifestJson.read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("batch bucket 2097152 of model siftnet: as many rows of patches, 1024 bytes each,"
                        + " are above the 2147483647 bytes of one buffer");
    }

    @Test
    void refusesATensorWhoseItemsDoNotFitIntoOneBuffer() {
        assertThatThrownBy(() -> new TensorSpec("maps", ElementType.FLOAT32, List.of(65536, 8192), "channel, position"))
                .hasMessage("tensor maps: an item of [65536, 8192] is above 2147483647 bytes");
    }

    @Test
    void theLastOutputsMayOnlyExplain() {
        ModelManifest explained = Manifests.explained("map,peaks");

        assertThat(explained.answers()).extracting(TensorSpec::name).containsExactly("descriptors");
        assertThat(explained.explanations()).extracting(TensorSpec::name).containsExactly("map", "peaks");
        assertThat(Manifests.explained("peaks").answers())
                .extracting(TensorSpec::name)
                .containsExactly("descriptors", "map");
    }

    @Test
    void allOutputsAnswerUnlessTheManifestSaysThatTheyExplain() {
        assertThat(manifest.answers()).isEqualTo(manifest.outputs());
        assertThat(manifest.explanations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"map", "peaks,map", "maps,peaks", "map, peaks", "map,peaks,", "", "descriptors,map,peaks"})
    void refusesExplanationsThatAreNotTheLastOutputsInTheirOrderOrLeaveNoAnswer(String explains) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifests.explained(explains))
                .withMessage(
                        "parameter \"explains\" of model explained is \"%s\", but must name the last of the outputs"
                                + " [descriptors, map, peaks], in their order, and leave at least the first to answer",
                        explains);
    }

    @Test
    void storedSampleMatchesWithinItsToleranceOfTheLargestValue() {
        var sample = StoredSample.of(1, new float[] {0.5f, -2f}, 1e-3);

        assertThat(sample.expectedValues()).containsExactly(0.5f, -2f);
        assertThat(sample.matches(new float[] {0.5f, -2.0019f})).isTrue();
        assertThat(sample.matches(new float[] {0.5f, -2.0021f})).isFalse();
        assertThat(sample.matches(new float[] {0.5f})).isFalse();
        assertThat(sample.matches(new float[] {Float.NaN, -2f})).isFalse();
    }

    @Test
    void splitMix64FollowsItsPublishedSequence() {
        // Vigna's splitmix64.c with state 0
        assertThat(StoredSample.splitMix64(0, 0)).isEqualTo(0xE220A8397B1DCDAFL);
        assertThat(StoredSample.splitMix64(0, 1)).isEqualTo(0x6E789E6AA1B965F4L);
    }
}
