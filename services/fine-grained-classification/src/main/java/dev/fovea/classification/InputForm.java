package dev.fovea.classification;

import dev.fovea.repository.ElementType;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.TensorSpec;
import dev.fovea.repository.WholeImageInput;

/// How an image is put before a model; models that agree in it take in the same tensor.
///
/// @param viewBytes of the tensor, for each view
record InputForm(ImagePreprocessing preprocessing, ElementType elementType, int viewBytes) {
    static InputForm of(ModelManifest manifest) {
        TensorSpec input = manifest.inputs().getFirst();
        return new InputForm(WholeImageInput.preprocessing(manifest), input.elementType(), input.itemBytes());
    }
}
