package dev.fovea.tests.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.registry.Architectures;
import dev.fovea.architectures.weights.file.WeightFile;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.Provenance;
import dev.fovea.tests.support.Checkout;
import dev.fovea.tests.support.golden.GoldenCase;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// TFeat and HardTFeat from their PyTorch checkpoints against ONNX files of the same weights made by others.
///
/// The twins take grey values up to 255, as the published code does, and normalise them as it does: TFeat by
/// `sqrt(var + 1e-5)`, HardTFeat by the unbiased deviation plus 1e-7. TFeat's twin ends in its tanh, HardTFeat's in
/// the division by the norm.
class TFeatCheckpointParityTest {

    private static final float TOLERANCE = 1e-5f;
    private static final int SIDE = 32;
    private static final int PHOTO_PATCHES = 46;
    private static final String PHOTO = GoldenCase.FOLDER + "/images/astronaut_224.png";

    @TempDir
    private Path repository = Path.of("");

    @ParameterizedTest
    @CsvSource({"tfeat, tfeat-liberty.params, tfeat-liberty.onnx", "hardtfeat, HardTFeat.pth, hardtfeat.onnx"})
    void everyPatchHasTheDescriptorOfTheTwin(String architecture, String checkpoint, String twin) throws Exception {
        Path weights = shared("data/weights/" + checkpoint);
        var request = ModelRequest.defaults(architecture, ElementType.UINT8).withWeights(WeightFile.open(weights));
        List<byte[]> patches = patches();

        try (ServedModel model =
                ServedModel.load(Architectures.named(architecture).build(request), repository)) {
            List<float[]> descriptors =
                    model.runBytes(patches).values().iterator().next();
            float[][] expected = twin(shared("data/weights/" + twin), patches);

            assertThat(model.manifest().provenance().kind()).isEqualTo(Provenance.Kind.TRAINED);
            assertThat(model.manifest().outputNormalization()).isEqualTo(architecture.equals("tfeat") ? "none" : "l2");
            double worst = 0;
            for (int i = 0; i < expected.length; i++) {
                for (int j = 0; j < expected[i].length; j++) {
                    worst = Math.max(
                            worst, Math.abs(expected[i][j] - descriptors.get(i)[j])); // NaN stays
                }
            }
            System.out.printf("%s against %s: %.1e%n", checkpoint, twin, worst);
            assertThat(worst).isLessThan(TOLERANCE);
            assertThat(expected[0]).as("patches differ").isNotEqualTo(expected[1]);
        }
    }

    private static Path shared(String path) {
        assumeTrue(Checkout.shared(path).isPresent(), Checkout.absent(path));
        return Checkout.shared(path).orElseThrow();
    }

    /// Patches of a photograph, a flat one, and one that is flat but for a grey value.
    private static List<byte[]> patches() throws IOException {
        BufferedImage photo = ImageIO.read(shared(PHOTO).toFile());
        List<byte[]> patches = new ArrayList<>();
        for (int i = 0; i < PHOTO_PATCHES; i++) {
            patches.add(patch(photo, 4 * i, 37 * i % (photo.getHeight() - SIDE)));
        }
        byte[] flat = new byte[SIDE * SIDE];
        Arrays.fill(flat, (byte) 200);
        patches.add(flat);
        byte[] almostFlat = flat.clone();
        almostFlat[500] = (byte) 201;
        patches.add(almostFlat);
        return patches;
    }

    private static byte[] patch(BufferedImage photo, int left, int top) {
        byte[] patch = new byte[SIDE * SIDE];
        for (int i = 0; i < patch.length; i++) {
            int green = photo.getRGB(left + i % SIDE, top + i / SIDE) >> 8;
            patch[i] = (byte) green;
        }
        return patch;
    }

    private static float[][] twin(Path file, List<byte[]> patches) throws Exception {
        FloatBuffer pixels = FloatBuffer.allocate(patches.size() * SIDE * SIDE);
        for (byte[] patch : patches) {
            for (byte pixel : patch) {
                pixels.put(pixel & 0xFF);
            }
        }
        pixels.flip();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (var options = new OrtSession.SessionOptions();
                var session = environment.createSession(file.toString(), options);
                var input = OnnxTensor.createTensor(environment, pixels, new long[] {patches.size(), 1, SIDE, SIDE});
                var results = session.run(Map.of("input", input))) {
            return (float[][]) results.get(0).getValue();
        }
    }
}
