package dev.fovea.architectures.densesift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.architectures.ModelRun;
import dev.fovea.architectures.layers.LayerRun;
import dev.fovea.architectures.siftnet.Mask;
import dev.fovea.architectures.siftnet.SiftNet;
import dev.fovea.architectures.siftnet.SiftNetReference;
import dev.fovea.onnx.shape.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenseSiftTest {

    private static final int SIDE = 64;

    @ParameterizedTest
    @CsvSource({
        "16, Gauss, false",
        "16, Gauss, true",
        "24, Uniform, false",
        "16, CircularGauss, true",
        "20, Gauss, true"
    })
    void patchWithAReplicatedBorderIsDescribedAsIfItWereCutOut(int size, String mask, boolean rootSift)
            throws Exception {
        SiftNet net = net(size, mask, rootSift);
        float[] patch = patch(size);
        int at = 8;
        float[] image = new float[SIDE * SIDE];
        for (int i = 0; i < image.length; i++) {
            int y = Math.clamp(i / SIDE - at, 0, size - 1);
            int x = Math.clamp(i % SIDE - at, 0, size - 1);
            image[i] = patch[y * size + x];
        }

        float[] found = position(describe(new DenseSift(net, List.of(size), 8), image), at / 8, at / 8, size);

        assertThat(ModelRun.difference(found, expected(net, patch))).isLessThan(rootSift ? 2e-3 : 5e-5);
    }

    @Test
    void neighboursChangeOnlyTheOutermostRingOfGradients() throws Exception {
        SiftNet net = net(24, "Gauss", false);
        float[] image = patch(SIDE);
        float[] patch = new float[24 * 24];
        for (int i = 0; i < patch.length; i++) {
            patch[i] = image[(16 + i / 24) * SIDE + 32 + i % 24];
        }

        float[] found = position(describe(new DenseSift(net, List.of(24), 8), image), 2, 4, 24);

        assertThat(ModelRun.cosine(found, expected(net, patch))).isBetween(0.95, 0.99999);
    }

    @Test
    void everyPositionHasUnitNorm() throws Exception {
        float[] maps = describe(DenseSift.of(List.of(16, 32), 8), patch(SIDE));

        int positions = 49 + 25;
        assertThat(maps).hasSize(128 * positions);
        for (int p = 0; p < positions; p++) {
            float[] descriptor = new float[128];
            for (int d = 0; d < 128; d++) {
                descriptor[d] = maps[d * positions + p];
            }
            assertThat(ModelRun.norm(descriptor)).isEqualTo(1, within(1e-5));
        }
    }

    @Test
    void severalSizesAreTheSizesSideBySide() throws Exception {
        float[] image = patch(SIDE);

        float[] both = describe(DenseSift.of(List.of(16, 32), 8), image);
        float[] small = describe(DenseSift.of(List.of(16), 8), image);
        float[] large = describe(DenseSift.of(List.of(32), 8), image);

        assertThat(Arrays.copyOfRange(both, 0, 49)).containsExactly(Arrays.copyOf(small, 49), within(1e-6f));
        assertThat(Arrays.copyOfRange(both, 49, 74)).containsExactly(Arrays.copyOf(large, 25), within(1e-6f));
    }

    @Test
    void coloursOfEveryPatchFillTheBinsNearestTheirMean() throws Exception {
        float[] grey = new float[3 * 256];
        Arrays.fill(grey, 0.5f);
        float[] red = new float[3 * 256];
        Arrays.fill(red, 0, 256, 1f);

        float[] bins = LayerRun.run(new ColourBins(16, 8)::apply, grey, 1, 3, 16, 16);
        float[] redBins = LayerRun.run(new ColourBins(16, 8)::apply, red, 1, 3, 16, 16);

        assertThat(bins).hasSize(25);
        assertThat(ModelRun.norm(bins)).isEqualTo(1, within(1e-5));
        assertThat(bins[2 * 5 + 1]).isEqualTo((float) Math.sqrt(1 / 3.0), within(1e-5f));
        assertThat(bins[2 * 5 + 2]).isEqualTo((float) Math.sqrt(2 / 3.0), within(1e-5f));
        assertThat(redBins[4 * 5 + 3]).isGreaterThan(0.95f);
    }

    @Test
    void quotesWhatDoesNotFit() {
        assertThatThrownBy(() -> DenseSift.of(List.of(16), 0)).hasMessage("stride 0 is outside 1 to 64");
        assertThatThrownBy(() -> DenseSift.of(List.of(16, 3), 8)).hasMessage("patch_size 3 is outside 5 to 256");
        assertThatThrownBy(() -> LayerRun.shape(DenseSift.of(List.of(80), 8)::apply, 1, 3, 64, 64))
                .hasMessageStartingWith("a patch of 80 pixels does not fit into");
        assertThat(LayerRun.shape(DenseSift.of(List.of(24), 8)::apply, 1, 3, 256, 192))
                .isEqualTo(Shape.batchOf(128, 30, 22));
    }

    private static SiftNet net(int size, String mask, boolean rootSift) {
        Mask chosen = Arrays.stream(Mask.values())
                .filter(one -> one.toString().equals(mask))
                .findFirst()
                .orElseThrow();
        return SiftNet.ofSize(size).withMask(chosen).withRootSift(rootSift);
    }

    /// The three colours are alike.
    private static float[] describe(DenseSift sift, float[] image) throws Exception {
        float[] rgb = new float[3 * image.length];
        for (int c = 0; c < 3; c++) {
            System.arraycopy(image, 0, rgb, c * image.length, image.length);
        }
        return LayerRun.run(sift::apply, rgb, 1, 3, SIDE, SIDE);
    }

    private static float[] position(float[] maps, int row, int column, int size) {
        int side = (SIDE - size) / 8 + 1;
        float[] descriptor = new float[128];
        for (int d = 0; d < 128; d++) {
            descriptor[d] = maps[(d * side + row) * side + column];
        }
        return descriptor;
    }

    private static float[] expected(SiftNet net, float[] patch) {
        double[] exact = new SiftNetReference(net).describe(patch);
        float[] expected = new float[exact.length];
        for (int i = 0; i < exact.length; i++) {
            expected[i] = (float) exact[i];
        }
        return expected;
    }

    private static float[] patch(int size) {
        float[] patch = new float[size * size];
        for (int i = 0; i < patch.length; i++) {
            double x = i % size;
            double y = Math.floorDiv(i, size);
            patch[i] = (float)
                    (0.5 + 0.2 * Math.sin(0.7 * x + 0.05 * y * y) + 0.2 * Math.cos(0.3 * x * y / size - 0.9 * y));
        }
        return patch;
    }
}
