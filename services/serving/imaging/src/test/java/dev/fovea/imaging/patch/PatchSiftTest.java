package dev.fovea.imaging.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.Image;
import dev.fovea.inference.Tensor;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.PatchPreprocessing;
import dev.fovea.repository.TensorSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatchSiftTest {

    private static final TensorSpec PATCHES =
            new TensorSpec("patches", ElementType.UINT8, List.of(PatchSift.PATCH_SIZE, PatchSift.PATCH_SIZE), "");

    @Test
    void describesAPatchAsOpenCvDescribesTheKeypointItWasCutFor() {
        try (Image image = RenderedScene.textured(640, 480)) {
            OpenCvSift opencv = OpenCvSift.of(image, 300);
            Tensor patches = cut(image, opencv.keypoints());

            Tensor plain = new PatchSift(false).describe(patches);
            Tensor root = new PatchSift(true).describe(patches);

            double plainCosine = 0;
            double rootCosine = 0;
            Tensor opencvRoot = opencv.rootSift();
            for (int row = 0; row < patches.rows(); row++) {
                plainCosine += cosine(plain.row(row), opencv.descriptors().row(row)) / patches.rows();
                rootCosine += cosine(root.row(row), opencvRoot.row(row)) / patches.rows();
            }
            assertThat(plainCosine).as("mean cosine to OpenCV's own").isGreaterThan(0.93);
            assertThat(rootCosine).isGreaterThan(0.93);
        }
    }

    @Test
    void rowsHaveUnitNormAndFlatPatchesAreZero() {
        try (Image image = RenderedScene.textured(200, 200)) {
            Tensor patches = cut(image, List.of(new Keypoint(100, 100, 12, 30, 1), new Keypoint(90, 80, 9, 0, 1)));
            byte[] flat = new byte[PATCHES.itemBytes()];
            patches.bytes(1, 2).put(flat);

            for (boolean root : new boolean[] {false, true}) {
                Tensor descriptors = new PatchSift(root).describe(patches);

                assertThat(cosine(descriptors.row(0), descriptors.row(0))).isCloseTo(1, within(1e-6));
                assertThat(norm(descriptors.row(0))).isCloseTo(1, within(1e-6));
                assertThat(descriptors.row(1)).containsOnly(0);
            }
        }
    }

    @Test
    void refusesPatchesOfAnotherSize() {
        Tensor small = Tensor.allocate(new TensorSpec("p", ElementType.UINT8, List.of(32, 32), ""), 1);

        assertThatThrownBy(() -> new PatchSift(false).describe(small))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("patches UINT8 (1, [32, 32]) are not UINT8 of [65, 65]");
    }

    private static Tensor cut(Image image, List<Keypoint> keypoints) {
        Tensor patches = Tensor.allocate(PATCHES, keypoints.size());
        new PatchExtractor(new PatchPreprocessing(PatchSift.PATCH_SIZE, PatchPreprocessing.DEFAULT_MAGNIFICATION))
                .extract(image, keypoints, patches);
        return patches;
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
        }
        return dot / norm(a) / norm(b);
    }

    private static double norm(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }
}
