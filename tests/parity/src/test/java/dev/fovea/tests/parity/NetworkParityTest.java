package dev.fovea.tests.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.architectures.ModelRequest;
import dev.fovea.tests.support.Checkout;
import dev.fovea.tests.support.golden.GoldenCase;
import dev.fovea.tests.support.golden.Safetensors;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every network in its serving form (bytes in, batch normalisation folded) against its published PyTorch code.
///
/// `-Dfovea.golden=s3n` runs the cases whose name starts so.
class NetworkParityTest {

    /// Of the largest absolute golden value of a tensor: what float32 leaves of a deep network.
    private static final double TOLERANCE = 1e-4;

    /// The published sampling grids are themselves 5e-6 off (found by repeating them in float64), 1e-3 pixels of 448:
    /// between black and white neighbours that is 1e-3 of the range.
    private static final double RESAMPLED_TOLERANCE = 1e-3;

    private static final Set<String> RESAMPLED = Set.of("zoomed", "complement");

    /// Golden maps of more positions a side are stored every seventh row and column.
    private static final int LARGEST_WHOLE_MAP = 100;

    private static final int STEP = 7;

    /// Cases with suites of their own, at tighter tolerances.
    private static final Set<String> ELSEWHERE = Set.of("siftnet", "pooling");

    /// Peaks are compared as the map they come from; inputs are inputs.
    private static final Set<String> NOT_OUTPUTS = Set.of("peaks_xy_score", "patches");

    @TempDir
    private Path repository = Path.of("");

    @BeforeEach
    void sharedDataIsThere() {
        assumeTrue(Checkout.shared(GoldenCase.FOLDER).isPresent(), Checkout.absent(GoldenCase.FOLDER));
    }

    static List<GoldenCase> cases() throws IOException {
        String wanted = System.getProperty("fovea.golden", "");
        List<GoldenCase> cases = GoldenCase.all().stream()
                .filter(golden -> !ELSEWHERE.contains(golden.architecture()))
                .filter(golden -> golden.name().startsWith(wanted))
                .toList();
        // An empty list would be an error of the parameterised test; the assumption above then skips this one.
        return cases.isEmpty()
                ? List.of(new GoldenCase("none", "none", Map.of(), List.of(), "", Map.of(), Path.of("")))
                : cases;
    }

    @Test
    void coversEveryCaseOfTheIndex() throws IOException {
        assertThat(GoldenCase.all()).hasSize(35);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyOutputEqualsThePublishedAnswer(GoldenCase golden) throws Exception {
        Safetensors expected = golden.tensors();
        Map<String, List<float[]>> answers = answers(golden, expected);

        List<String> tensors = expected.names().stream()
                .filter(name -> !NOT_OUTPUTS.contains(name))
                .toList();
        assertThat(tensors).isNotEmpty();
        var softly = new SoftAssertions();
        for (String tensor : tensors) {
            // A network with one answer has a name of its own for it.
            List<float[]> actual =
                    tensors.size() == 1 ? answers.values().iterator().next() : answers.get(tensor);
            softly.assertThat(actual).as("output %s", tensor).isNotNull();
            if (actual != null) {
                softly.assertThat(relativeDifference(actual, expected, tensor))
                        .as("%s of %s", tensor, golden)
                        .isLessThan(RESAMPLED.contains(tensor) ? RESAMPLED_TOLERANCE : TOLERANCE);
            }
        }
        softly.assertAll();
    }

    private Map<String, List<float[]>> answers(GoldenCase golden, Safetensors expected) throws Exception {
        if (golden.images().isEmpty()) {
            ModelRequest request = GoldenRequests.request(golden, 0);
            List<float[]> patches = new ArrayList<>();
            for (int i = 0; i < expected.rows("patches"); i++) {
                patches.add(expected.row("patches", i));
            }
            try (ServedModel model =
                    ServedModel.load(GoldenRequests.architecture(golden).build(request), repository)) {
                return Map.of("descriptors", List.of(model.run(patches)));
            }
        }
        List<byte[]> images = new ArrayList<>();
        int size = 0;
        for (String file : golden.images()) {
            BufferedImage image = ImageIO.read(golden.folder().resolve(file).toFile());
            size = image.getWidth();
            images.add(rgb(image));
        }
        ModelRequest request = GoldenRequests.request(golden, size);
        try (ServedModel model =
                ServedModel.load(GoldenRequests.architecture(golden).build(request), repository)) {
            return model.runBytes(images);
        }
    }

    private static byte[] rgb(BufferedImage image) {
        byte[] bytes = new byte[image.getWidth() * image.getHeight() * 3];
        int at = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int pixel = image.getRGB(x, y);
                bytes[at++] = (byte) (pixel >> 16);
                bytes[at++] = (byte) (pixel >> 8);
                bytes[at++] = (byte) pixel;
            }
        }
        return bytes;
    }

    private static double relativeDifference(List<float[]> actual, Safetensors expected, String tensor) {
        double largest = 0;
        double worst = 0;
        for (int row = 0; row < expected.rows(tensor); row++) {
            float[] wanted = expected.row(tensor, row);
            float[] found = asStored(actual.get(row), expected.shape(tensor));
            assertThat(found).as(tensor).hasSameSizeAs(wanted);
            for (int i = 0; i < wanted.length; i++) {
                largest = Math.max(largest, Math.abs(wanted[i]));
                worst = Math.max(worst, Math.abs((double) found[i] - wanted[i])); // NaN stays
            }
        }
        return worst / largest;
    }

    /// Thins a large map out as the golden file's is: every seventh row and column.
    private static float[] asStored(float[] row, List<Integer> stored) {
        int elements = stored.stream().skip(1).reduce(1, Math::multiplyExact);
        if (row.length == elements) {
            return row;
        }
        int channels = stored.get(1);
        int side = (int) Math.round(Math.sqrt((double) row.length / channels));
        assertThat(side).as("side of a thinned map").isGreaterThan(LARGEST_WHOLE_MAP);
        int thinned = Math.ceilDiv(side, STEP);
        float[] values = new float[channels * thinned * thinned];
        for (int i = 0; i < values.length; i++) {
            int x = i % thinned * STEP;
            int y = i / thinned % thinned * STEP;
            int channel = i / (thinned * thinned);
            values[i] = row[(channel * side + y) * side + x];
        }
        return values;
    }
}
