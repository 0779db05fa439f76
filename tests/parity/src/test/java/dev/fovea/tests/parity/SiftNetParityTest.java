package dev.fovea.tests.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.ServingForm;
import dev.fovea.architectures.registry.Architectures;
import dev.fovea.repository.ElementType;
import dev.fovea.tests.support.Checkout;
import dev.fovea.tests.support.golden.GoldenCase;
import dev.fovea.tests.support.golden.Safetensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// SIFTNet against the answers of its published PyTorch code in float32.
class SiftNetParityTest {

    /// Of the largest absolute golden value. Seen: 9e-6 (kinks cancel) and 1.2e-5 for RootSIFT (angles on the border
    /// of two bins, where float32 decides).
    private static final double TOLERANCE = 5e-5;

    /// A row may meet other rounding in another batch: matrix products choose their kernel by the number of rows.
    private static final double BATCH_TOLERANCE = 1e-6;

    private static final List<Integer> BUCKETS = List.of(1, 4, 8, 24);

    @TempDir
    private Path repository = Path.of("");

    @BeforeEach
    void sharedDataIsThere() {
        assumeTrue(Checkout.shared(GoldenCase.FOLDER).isPresent(), Checkout.absent(GoldenCase.FOLDER));
    }

    static List<GoldenCase> cases() throws Exception {
        List<GoldenCase> cases = GoldenCase.of("siftnet");
        // An empty list would be an error of the parameterised test; the assumption above then skips this one.
        return cases.isEmpty()
                ? List.of(new GoldenCase("siftnet", "siftnet", Map.of(), List.of(), "", Map.of(), Path.of("")))
                : cases;
    }

    @Test
    void coversAllNineCases() throws Exception {
        assertThat(cases())
                .extracting(GoldenCase::name)
                .hasSize(9)
                .startsWith("siftnet_0")
                .endsWith("siftnet_8");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyRowEqualsThePublishedAnswer(GoldenCase golden) throws Exception {
        try (ServedModel model = load(golden, ElementType.FLOAT32)) {
            float[][] answers = model.run(rows(golden, "patches"));

            List<float[]> expected = rows(golden, "descriptors");
            double largest = largest(expected);
            for (int i = 0; i < answers.length; i++) {
                assertThat(largestDifference(answers[i], expected.get(i)) / largest)
                        .as("row %d of %s", i, golden)
                        .isLessThan(TOLERANCE);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void bytesEqualFloatsOfTheSamePixels(GoldenCase golden) throws Exception {
        try (ServedModel model = load(golden, ElementType.UINT8)) {
            List<float[]> patches = rows(golden, "patches");
            List<Integer> ofBytes = rowsOfBytes(patches);
            assertThat(ofBytes).as("rows whose pixels are bytes").hasSizeGreaterThan(20);

            float[][] answers = model.run(patches);

            List<float[]> expected = rows(golden, "descriptors");
            double largest = largest(expected);
            // Differences of bytes are exact, those of floats near 1 keep 1.5e-5 of a gradient of one grey value. It
            // turns an angle on the border of two bins by 1e-5, which RootSIFT's square root makes 3e-3.
            double tolerance = "true".equals(golden.options().get("rootsift")) ? 3e-3 : TOLERANCE;
            for (int i : ofBytes) {
                assertThat(largestDifference(answers[i], expected.get(i)) / largest)
                        .as("row %d of %s", i, golden)
                        .isLessThan(tolerance);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aPatchHasTheSameAnswerAloneInABatchAndPadded(GoldenCase golden) throws Exception {
        try (ServedModel model = load(golden, ElementType.FLOAT32)) {
            List<float[]> patches = rows(golden, "patches");
            float[][] together = model.run(patches);

            for (int size : new int[] {1, 3, 5, 8, 9}) { // 3, 5 and 9 are padded to 4, 8 and 24
                for (int from = 0; from + size <= patches.size(); from += size) {
                    float[][] answers = model.run(patches.subList(from, from + size));
                    for (int i = 0; i < size; i++) {
                        assertThat(largestDifference(answers[i], together[from + i]))
                                .as("row %d in a batch of %d", from + i, size)
                                .isLessThan(BATCH_TOLERANCE);
                    }
                }
            }
        }
    }

    private ServedModel load(GoldenCase golden, ElementType type) throws Exception {
        var request = ModelRequest.defaults("siftnet", type)
                .withOptions(golden.options())
                .withForm(ServingForm.DEFAULT.withInput(type).withBuckets(BUCKETS));
        return ServedModel.load(Architectures.named("siftnet").build(request), repository);
    }

    private static List<float[]> rows(GoldenCase golden, String tensor) throws Exception {
        Safetensors tensors = golden.tensors();
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < tensors.rows(tensor); i++) {
            rows.add(tensors.row(tensor, i));
        }
        return rows;
    }

    private static List<Integer> rowsOfBytes(List<float[]> patches) {
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < patches.size(); i++) {
            boolean bytes = true;
            for (float pixel : patches.get(i)) {
                bytes &= Math.abs(pixel * 255 - Math.round(pixel * 255)) < 1e-4;
            }
            if (bytes) {
                rows.add(i);
            }
        }
        return rows;
    }

    private static double largest(List<float[]> rows) {
        float[] zeros = new float[rows.getFirst().length];
        return rows.stream()
                .mapToDouble(row -> largestDifference(row, zeros))
                .max()
                .orElseThrow();
    }

    private static double largestDifference(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double worst = 0;
        for (int i = 0; i < actual.length; i++) {
            worst = Math.max(worst, Math.abs((double) actual[i] - expected[i])); // NaN stays
        }
        return worst;
    }
}
