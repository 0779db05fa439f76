package dev.fovea.builder.evaluate.patches;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.patch.PatchFrame;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.session.SessionException;
import java.util.List;

/// What is measured: patches in, descriptors out. One thread at a time; whoever made it closes it.
sealed interface PatchDescriptor extends AutoCloseable permits ModelDescriptor, SiftDescriptor {

    /// As tables name it.
    String name();

    int dimension();

    /// One row a frame: FLOAT32 (N, dimension), of unit L2 norm or all zero.
    ///
    /// @throws SessionException if a model fails
    Tensor describe(Image image, List<PatchFrame> frames) throws SessionException;

    @Override
    void close();
}
