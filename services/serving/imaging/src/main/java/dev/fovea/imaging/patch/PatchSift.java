package dev.fovea.imaging.patch;

import dev.fovea.imaging.OpenCv;
import dev.fovea.inference.Tensor;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.TensorSpec;
import java.util.List;
import org.opencv.core.CvType;
import org.opencv.core.KeyPoint;
import org.opencv.core.Mat;
import org.opencv.core.MatOfKeyPoint;
import org.opencv.features2d.SIFT;

/// OpenCV's SIFT descriptor of patches that are cut already: what learned descriptors are held against.
///
/// Each patch is described as OpenCV describes a keypoint whose 4 x 4 cells cover it, smoothed as much. One
/// thread at a time.
///
/// Source: Lowe 2004; with `root`, Arandjelović and Zisserman 2012, "Three things everyone should know to
/// improve object retrieval", section 2.1.
///
/// @param root square roots of the values over their sum instead of the values over their norm
public record PatchSift(boolean root) {

    /// Side of a patch, pixels, as in HPatches.
    public static final int PATCH_SIZE = 65;

    public static final int DIMENSION = 128;

    /// The 4 x 4 cells of a keypoint of diameter `s` are each `3 s / 2` wide.
    private static final float SIZE_OVER_SIDE = 1 / 6f;

    /// Second layer of the second octave, smoothed by 5.1 px: that of a keypoint of 10.8 px. As OpenCV packs
    /// it.
    private static final int OCTAVE_AND_LAYER = 1 | 2 << 8;

    /// Rows of unit L2 norm, or all zero for a flat patch.
    ///
    /// @param patches UINT8 (N, 65, 65)
    /// @return FLOAT32 (N, 128)
    /// @throws IllegalArgumentException if the patches are of another shape or type
    public Tensor describe(Tensor patches) {
        if (patches.elementType() != ElementType.UINT8
                || !patches.itemShape().equals(List.of(PATCH_SIZE, PATCH_SIZE))) {
            throw new IllegalArgumentException(
                    "patches " + patches + " are not UINT8 of [" + PATCH_SIZE + ", " + PATCH_SIZE + "]");
        }
        OpenCv.load();
        var spec = new TensorSpec("descriptors", ElementType.FLOAT32, List.of(DIMENSION), "SIFT, unit norm");
        Tensor descriptors = Tensor.allocate(spec, patches.rows());
        SIFT sift = SIFT.create();
        float centre = (PATCH_SIZE - 1) / 2f;
        float size = PATCH_SIZE * SIZE_OVER_SIDE;
        MatOfKeyPoint whole = new MatOfKeyPoint(new KeyPoint(centre, centre, size, 0, 1, OCTAVE_AND_LAYER));
        try {
            for (int row = 0; row < patches.rows(); row++) {
                descriptors.floats().put(row * DIMENSION, values(patches, row, sift, whole));
            }
            return descriptors;
        } finally {
            whole.release();
            sift.clear();
        }
    }

    private float[] values(Tensor patches, int row, SIFT sift, MatOfKeyPoint whole) {
        Mat patch = new Mat(PATCH_SIZE, PATCH_SIZE, CvType.CV_8UC1, patches.bytes(row, row + 1));
        Mat described = new Mat();
        try {
            sift.compute(patch, whole, described);
            float[] values = new float[DIMENSION];
            described.get(0, 0, values);
            normalize(values);
            return values;
        } finally {
            patch.release();
            described.release();
        }
    }

    private void normalize(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += root ? value : value * value;
        }
        for (int i = 0; i < values.length && sum > 0; i++) {
            values[i] = (float) (root ? Math.sqrt(values[i] / sum) : values[i] / Math.sqrt(sum));
        }
    }
}
