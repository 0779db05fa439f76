package dev.fovea.classification;

import dev.fovea.imaging.ImageSize;
import dev.fovea.inference.Tensor;
import java.util.List;
import java.util.Optional;

/// What the models take in, and what an explanation is drawn on. Whoever prepared it closes it.
///
/// @param inputs one a member of the ensemble, one row a view; members that take in the same share one
/// @param sketch only if an explanation is asked for
record PreparedImage(ImageSize size, List<Tensor> inputs, Optional<Sketch> sketch) implements AutoCloseable {
    PreparedImage {
        inputs = List.copyOf(inputs);
    }

    @Override
    public void close() {
        sketch.ifPresent(Sketch::close);
    }
}
