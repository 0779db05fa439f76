package dev.fovea.inference.session;

import dev.fovea.inference.Tensor;
import dev.fovea.repository.ModelManifest;
import java.util.Optional;

/// The first runs of a session, before anything is asked of it: every bucket once, full of the stored sample.
///
/// Called by the thread that owns the session.
public final class WarmUp {

    private WarmUp() {}

    /// Runs every bucket and compares its first and last row with the recorded answer.
    ///
    /// @throws SessionException if there is no sample, or a bucket cannot be run or gives another answer
    public static void run(ModelSession session, BatchBuffers buffers) throws SessionException {
        ModelManifest manifest = session.manifest();
        Tensor item = sample(manifest);
        for (int bucket : manifest.batchBuckets()) {
            for (int row = 0; row < bucket; row++) {
                item.copyRows(0, 1, buffers.input(), row);
            }
            int ranAt = run(session, buffers, bucket);
            if (ranAt != bucket) {
                throw new SessionException(
                        "warm-up of %s: a batch of %d rows ran at bucket %d".formatted(model(manifest), bucket, ranAt),
                        true);
            }
            checkAnswer(manifest, buffers.outputs().getFirst(), bucket, 0);
            checkAnswer(manifest, buffers.outputs().getFirst(), bucket, bucket - 1);
        }
    }

    private static int run(ModelSession session, BatchBuffers buffers, int bucket) throws SessionException {
        try {
            return session.run(buffers, bucket);
        } catch (SessionException e) {
            throw new SessionException(
                    "warm-up of %s at bucket %d: %s".formatted(model(session.manifest()), bucket, e.getMessage()),
                    e,
                    true);
        }
    }

    private static void checkAnswer(ModelManifest manifest, Tensor output, int bucket, int row)
            throws SessionException {
        Optional<String> fault = SampleAnswer.fault(manifest, output, row);
        if (fault.isPresent()) {
            throw new SessionException(
                    "warm-up of %s at bucket %d: row %d, the stored sample, got %s"
                            .formatted(model(manifest), bucket, row, fault.get()),
                    true);
        }
    }

    private static Tensor sample(ModelManifest manifest) throws SessionException {
        try {
            return SampleInput.of(manifest);
        } catch (IllegalArgumentException none) {
            throw new SessionException("warm-up of %s: %s".formatted(model(manifest), none.getMessage()), none, true);
        }
    }

    private static String model(ModelManifest manifest) {
        return manifest.name() + "@" + manifest.version();
    }
}
