package dev.fovea.builder.fit;

import dev.fovea.builder.images.ImageModel;
import dev.fovea.builder.images.ImageRows;
import dev.fovea.builder.images.PatchModel;
import dev.fovea.builder.numbers.Matrix;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.ModelVersion;
import dev.fovea.repository.PatchPreprocessing;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/// What a model answers to images or their patches, of unit norm, as its service gives it.
final class UnitAnswers {

    private UnitAnswers() {}

    /// @param perImage patches of each image, at most
    /// @throws IOException if no image could be read, or the model fails
    static Matrix of(ModelVersion version, ModelManifest manifest, List<Path> images, int perImage, PrintWriter err)
            throws IOException, InterruptedException {
        Matrix rows =
                switch (manifest.preprocessing()) {
                    case ImagePreprocessing _ -> {
                        try (ImageModel model = ImageModel.open(version)) {
                            yield ImageRows.of(model, images, err).rows();
                        }
                    }
                    case PatchPreprocessing _ -> {
                        try (PatchModel model = PatchModel.open(version, perImage)) {
                            yield model.run(images, err);
                        }
                    }
                };
        rows.normaliseRows();
        return rows;
    }
}
