package dev.fovea.retrieval.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.patch.DescriptorMatcher;
import dev.fovea.imaging.patch.Match;
import dev.fovea.inference.Tensor;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.TensorSpec;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureMatcherTest {

    private static final int DIMENSION = 24;

    @ParameterizedTest
    @ValueSource(doubles = {0.8, 0.95, 1})
    void agreesWithTheMatcherOfFloats(double ratio) {
        // Given
        QuantizedDescriptors query = descriptors(1, 120, 0.004f, -0.3f);
        QuantizedDescriptors train = blurred(query, 90);

        // When
        List<Match> found = new FeatureMatcher(ratio).match(query, train);

        // Then
        List<Match> expected = new DescriptorMatcher(ratio, true).match(tensor(query), tensor(train));
        assertThat(expected).isNotEmpty();
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i).query()).isEqualTo(expected.get(i).query());
            assertThat(found.get(i).train()).isEqualTo(expected.get(i).train());
            assertThat(found.get(i).distance()).isCloseTo(expected.get(i).distance(), within(1e-3f));
        }
    }

    @Test
    void anImageWithoutKeypointsHasNoMatches() {
        assertThat(new FeatureMatcher(0.8).match(descriptors(1, 0, 1, 0), descriptors(2, 5, 1, 0)))
                .isEmpty();
    }

    @Test
    void theOnlyDescriptorOfAnImageHasNoSecondNearest() {
        QuantizedDescriptors one = descriptors(1, 1, 1, 0);

        assertThat(new FeatureMatcher(0.8).match(one, one)).hasSize(1);
    }

    private static QuantizedDescriptors descriptors(long seed, int count, float scale, float offset) {
        byte[] rows = new byte[count * DIMENSION];
        new Random(seed).nextBytes(rows);
        return QuantizedDescriptors.of(ByteBuffer.wrap(rows), DIMENSION, scale, offset);
    }

    /// The first rows, each moved a little, under another scale.
    private static QuantizedDescriptors blurred(QuantizedDescriptors descriptors, int count) {
        var random = new Random(5);
        ByteBuffer rows = ByteBuffer.allocate(count * DIMENSION);
        while (rows.hasRemaining()) {
            int element = descriptors.rows().get(rows.position()) & 0xFF;
            rows.put((byte) Math.clamp(element + random.nextInt(-60, 61), 0, 255));
        }
        return QuantizedDescriptors.of(rows.flip(), DIMENSION, 0.0041f, -0.31f);
    }

    private static Tensor tensor(QuantizedDescriptors descriptors) {
        var spec = new TensorSpec("descriptors", ElementType.FLOAT32, List.of(DIMENSION), "");
        Tensor tensor = Tensor.allocate(spec, descriptors.count());
        tensor.floats().put(descriptors.values());
        return tensor;
    }
}
