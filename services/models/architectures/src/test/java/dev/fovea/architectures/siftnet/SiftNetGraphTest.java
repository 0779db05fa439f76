package dev.fovea.architectures.siftnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The graph, run in ONNX Runtime, against the plain formulas in double precision.
class SiftNetGraphTest {

    /// Kinks lose about 1e-5 of the largest entry; the published float32 code itself is off by 1e-6.
    private static final double TOLERANCE = 2e-5;

    @ParameterizedTest
    @MethodSource("options")
    void equalsTheFormulas(SiftNet net) throws Exception {
        float[][] patches = {texture(net, 1), texture(net, 2), noise(net, 3)};

        float[][] descriptors = SiftNetSessions.describe(net, patches);

        for (int i = 0; i < patches.length; i++) {
            assertThat(largestDifference(descriptors[i], reference(net, patches[i])))
                    .as("patch %d", i)
                    .isLessThan(TOLERANCE);
        }
    }

    private static List<Arguments> options() {
        return List.of(
                argumentSet("as published", SiftNet.ofSize(32)),
                argumentSet("patches of 65", SiftNet.ofSize(65)),
                argumentSet("smallest patch", SiftNet.ofSize(5)),
                argumentSet("4 directions", net(33, 4, 2, Mask.GAUSS, Sigma.HESAMP)),
                argumentSet("5 directions", net(32, 5, 4, Mask.UNIFORM, Sigma.HESAMP)),
                argumentSet("6 directions", net(32, 6, 3, Mask.GAUSS, Sigma.VLFEAT)),
                argumentSet("7 directions", net(32, 7, 4, Mask.GAUSS, Sigma.VLFEAT)),
                argumentSet("36 directions", net(41, 36, 4, Mask.CIRCULAR_GAUSS, Sigma.VLFEAT)),
                argumentSet("2 directions", net(32, 2, 4, Mask.GAUSS, Sigma.VLFEAT)),
                argumentSet("one cell", net(32, 8, 1, Mask.GAUSS, Sigma.VLFEAT)),
                argumentSet("one cell more than asked for", net(20, 8, 6, Mask.GAUSS, Sigma.VLFEAT)));
    }

    @ParameterizedTest
    @MethodSource("options")
    void rootSiftEqualsTheFormulas(SiftNet plain) throws Exception {
        SiftNet net = plain.withRootSift(true);
        float[] patch = noise(net, 5); // no angle lies on a border of bins, where float32 and double may differ

        float[] descriptor = SiftNetSessions.describe(net, patch)[0];

        assertThat(largestDifference(descriptor, reference(net, patch))).isLessThan(1e-4);
    }

    @Test
    void flatPatchHasFiniteUnitDescriptorInTheFirstDirection() throws Exception {
        SiftNet net = SiftNet.ofSize(32);

        float[] descriptor = SiftNetSessions.describe(net, new float[32 * 32])[0];

        assertThat(largestDifference(descriptor, reference(net, new float[32 * 32])))
                .isLessThan(1e-6);
        assertThat(norm(descriptor)).isCloseTo(1, within(1e-6));
        for (int i = 16; i < descriptor.length; i++) {
            assertThat(descriptor[i]).isZero();
        }
    }

    @Test
    void gradientAgainstXLiesInTheMiddleDirectionOnly() throws Exception {
        SiftNet net = SiftNet.ofSize(32).withRootSift(true);
        float[] falling = new float[32 * 32]; // gx < 0, gy = 0
        for (int i = 0; i < falling.length; i++) {
            falling[i] = 1 - (i % 32) * 0.03125f;
        }

        float[] descriptor = SiftNetSessions.describe(net, falling)[0];

        float empty = (float) Math.sqrt(1e-10);
        for (int i = 0; i < descriptor.length; i++) {
            if (i / 16 == 4) {
                assertThat(descriptor[i]).isGreaterThan(0.1f);
            } else {
                assertThat(descriptor[i]).isCloseTo(empty, within(1e-9f));
            }
        }
    }

    @Test
    void bytesEqualFloatsOfTheSamePixels() throws Exception {
        SiftNet net = SiftNet.ofSize(32);
        byte[] bytes = new byte[32 * 32];
        float[] floats = new float[bytes.length];
        float[] texture = texture(net, 9);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(texture[i] * 255);
            floats[i] = (bytes[i] & 0xFF) / 255f;
        }

        float[] ofBytes = SiftNetSessions.describe(net, bytes)[0];

        // A gradient of one grey value out of 255 keeps 1.5e-5 of relative precision as a difference of floats.
        assertThat(largestDifference(ofBytes, reference(net, floats))).isLessThan(TOLERANCE);
    }

    static float[] texture(SiftNet net, long seed) {
        var random = new Random(seed);
        double fx = 0.1 + random.nextDouble();
        double fy = 0.1 + random.nextDouble();
        float[] patch = new float[net.patchSize() * net.patchSize()];
        for (int i = 0; i < patch.length; i++) {
            double x = i % net.patchSize();
            int y = i / net.patchSize();
            patch[i] = (float) (0.5 + 0.3 * Math.sin(fx * x + seed) * Math.cos(fy * y) + 0.1 * random.nextDouble());
        }
        return patch;
    }

    static float[] noise(SiftNet net, long seed) {
        var random = new Random(seed);
        float[] patch = new float[net.patchSize() * net.patchSize()];
        for (int i = 0; i < patch.length; i++) {
            patch[i] = random.nextFloat();
        }
        return patch;
    }

    private static SiftNet net(int size, int angular, int spatial, Mask mask, Sigma sigma) {
        return new SiftNet(size, angular, spatial, 0.2, false, mask, sigma);
    }

    private static double[] reference(SiftNet net, float[] patch) {
        return new SiftNetReference(net).describe(patch);
    }

    private static double largestDifference(float[] actual, double[] expected) {
        assertThat(actual).hasSize(expected.length);
        double largest = 0;
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
        }
        return worst / largest;
    }

    private static double norm(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }
}
