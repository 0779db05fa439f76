package dev.fovea.builder.evaluate.patches;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.patch.PatchExtractor;
import dev.fovea.imaging.patch.PatchFrame;
import dev.fovea.imaging.patch.PatchSift;
import dev.fovea.inference.Tensor;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.PatchPreprocessing;
import dev.fovea.repository.TensorSpec;
import java.util.List;

/// A baseline: OpenCV's SIFT, or RootSIFT, on patches of 65 x 65 px.
record SiftDescriptor(boolean root) implements PatchDescriptor {

    private static final int SIDE = PatchSift.PATCH_SIZE;

    @Override
    public String name() {
        return root ? "OpenCV RootSIFT" : "OpenCV SIFT";
    }

    @Override
    public int dimension() {
        return PatchSift.DIMENSION;
    }

    @Override
    public Tensor describe(Image image, List<PatchFrame> frames) {
        var spec = new TensorSpec("patches", ElementType.UINT8, List.of(SIDE, SIDE), "grey, 0 to 255");
        Tensor patches = Tensor.allocate(spec, frames.size());
        new PatchExtractor(new PatchPreprocessing(SIDE, PatchPreprocessing.DEFAULT_MAGNIFICATION))
                .extractFrames(image, frames, patches);
        return new PatchSift(root).describe(patches);
    }

    @Override
    public void close() {
        // nothing is held
    }
}
