package dev.fovea.tests.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.fovea.tests.support.Checkout;
import dev.fovea.tests.support.golden.GoldenCase;
import dev.fovea.tests.support.golden.Safetensors;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every pooling layer against PyTorch's float32, on an odd map and on an oblong one.
class PoolingParityTest {

    /// Of the largest absolute golden value: sums of up to 192 float32 in another order.
    private static final double TOLERANCE = 1e-5;

    private static final String INPUT = "x";

    @BeforeEach
    void sharedDataIsThere() {
        assumeTrue(Checkout.shared(GoldenCase.FOLDER).isPresent(), Checkout.absent(GoldenCase.FOLDER));
    }

    static Stream<Arguments> tensors() {
        return Stream.of("poolings_13x13", "poolings_12x16").flatMap(file -> new TreeSet<>(PoolingCases.LAYERS.keySet())
                .stream().map(tensor -> argumentSet(file + " " + tensor, file, tensor)));
    }

    @Test
    void everyTensorOfTheFilesHasALayer() throws Exception {
        for (GoldenCase golden : GoldenCase.of("pooling")) {
            List<String> tensors = golden.tensors().names().stream()
                    .filter(name -> !name.equals(INPUT))
                    .toList();

            assertThat(PoolingCases.LAYERS).containsOnlyKeys(tensors);
        }
    }

    @ParameterizedTest
    @MethodSource("tensors")
    void everyPoolingEqualsPyTorchs(String file, String tensor) throws Exception {
        Safetensors tensors = golden(file).tensors();
        float[] expected = rows(tensors, tensor);

        float[] actual = PoolingCases.run(tensor, rows(tensors, INPUT), sizes(tensors));

        assertThat(actual).hasSameSizeAs(expected);
        double largest = 0;
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            worst = Math.max(worst, Math.abs((double) actual[i] - expected[i])); // NaN stays
        }
        assertThat(worst / largest).isLessThan(TOLERANCE);
    }

    private static GoldenCase golden(String name) throws Exception {
        return GoldenCase.of("pooling").stream()
                .filter(golden -> golden.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static long[] sizes(Safetensors tensors) {
        return tensors.shape(INPUT).stream().mapToLong(Integer::longValue).toArray();
    }

    private static float[] rows(Safetensors tensors, String name) {
        int rows = tensors.rows(name);
        float[] first = tensors.row(name, 0);
        float[] all = Arrays.copyOf(first, rows * first.length);
        for (int row = 1; row < rows; row++) {
            System.arraycopy(tensors.row(name, row), 0, all, row * first.length, first.length);
        }
        return all;
    }
}
