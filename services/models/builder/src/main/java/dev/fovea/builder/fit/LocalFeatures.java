package dev.fovea.builder.fit;

import dev.fovea.builder.images.ImageModel;
import dev.fovea.builder.numbers.Matrix;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/// A choice of the local features of many images, in bounded memory: from every image as many, at even distances.
final class LocalFeatures {

    private LocalFeatures() {}

    /// @param model that answers (N, positions, channels), see [FittedLayers#positions]
    /// @param most features in all
    /// @param unit whether each is divided by its norm
    /// @return one feature per row
    /// @throws IOException if no image could be read, or the model fails
    static Matrix sample(ImageModel model, List<Path> images, int most, boolean unit, PrintWriter err)
            throws IOException, InterruptedException {
        List<Integer> shape = model.manifest().outputs().getFirst().itemShape();
        int positions = shape.getFirst();
        int channels = shape.getLast();
        int each = Math.clamp(most / images.size(), 1, positions);
        Matrix features = Matrix.zeros(Math.multiplyExact(images.size(), each), channels);
        int[] filled = new int[1];
        model.run(images, err, (file, row) -> {
            for (int i = 0; i < each; i++) {
                // Shifted from image to image, so that all places of the maps have their turn.
                int position = (int) (((long) i * positions / each + file * 7919L) % positions);
                float[] feature = new float[channels];
                System.arraycopy(row, position * channels, feature, 0, channels);
                features.setRow(filled[0]++, unit ? normalised(feature) : feature);
            }
        });
        return features.head(filled[0]);
    }

    private static float[] normalised(float[] feature) {
        double sum = 0;
        for (float value : feature) {
            sum += (double) value * value;
        }
        double norm = Math.max(Math.sqrt(sum), 1e-12);
        for (int j = 0; j < feature.length; j++) {
            feature[j] = (float) (feature[j] / norm);
        }
        return feature;
    }
}
