package dev.fovea.inference.session;

import dev.fovea.inference.Tensor;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.StoredSample;
import java.util.Optional;

/// The answer of a model's stored sample, compared with the recorded one.
public final class SampleAnswer {

    private SampleAnswer() {}

    /// @param output the model's first output
    /// @param row where the sample's answer lies in it
    /// @return what is wrong with the answer; empty if it is the recorded one
    /// @throws IllegalArgumentException if the model has no sample
    public static Optional<String> fault(ModelManifest manifest, Tensor output, int row) {
        StoredSample sample = SampleInput.sample(manifest);
        return sample.matches(output.row(row))
                ? Optional.empty()
                : Optional.of("another answer than the one recorded (seed %d, relative tolerance %s)"
                        .formatted(sample.seed(), sample.relativeTolerance()));
    }
}
