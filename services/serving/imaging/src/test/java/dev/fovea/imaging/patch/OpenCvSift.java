package dev.fovea.imaging.patch;

import dev.fovea.imaging.Image;
import dev.fovea.inference.Tensor;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.TensorSpec;
import java.util.Arrays;
import java.util.List;
import org.opencv.core.Mat;
import org.opencv.core.MatOfKeyPoint;
import org.opencv.features2d.SIFT;
import org.opencv.imgproc.Imgproc;

/// OpenCV's keypoints with OpenCV's own descriptors: what ours are held against.
record OpenCvSift(List<Keypoint> keypoints, Tensor descriptors) {

    static OpenCvSift of(Image image, int maxKeypoints) {
        SIFT sift = SIFT.create(maxKeypoints);
        Mat grey = new Mat();
        MatOfKeyPoint found = new MatOfKeyPoint();
        Mat described = new Mat();
        try {
            Imgproc.cvtColor(image.mat(), grey, Imgproc.COLOR_RGB2GRAY);
            // Both at once: OpenCV's descriptors need the octave that only its own keypoints carry.
            sift.detectAndCompute(grey, new Mat(), found, described);
            List<Keypoint> keypoints = Arrays.stream(found.toArray())
                    .map(k -> new Keypoint((float) k.pt.x, (float) k.pt.y, k.size, k.angle, k.response))
                    .toList();
            float[] values = new float[described.rows() * described.cols()];
            described.get(0, 0, values);
            Tensor descriptors = Tensor.allocate(
                    new TensorSpec("descriptors", ElementType.FLOAT32, List.of(described.cols()), "OpenCV SIFT"),
                    described.rows());
            descriptors.floats().put(values);
            return new OpenCvSift(keypoints, descriptors);
        } finally {
            grey.release();
            found.release();
            described.release();
        }
    }

    /// Square roots of the L1-normalised descriptors. Source: Arandjelović and Zisserman 2012.
    Tensor rootSift() {
        Tensor roots = Tensor.allocate(
                new TensorSpec("descriptors", ElementType.FLOAT32, descriptors.itemShape(), "RootSIFT"),
                descriptors.rows());
        for (int row = 0; row < descriptors.rows(); row++) {
            float[] values = descriptors.row(row);
            float sum = 0;
            for (float value : values) {
                sum += value;
            }
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) Math.sqrt(values[i] / sum);
            }
            roots.floats().put(row * values.length, values);
        }
        return roots;
    }
}
