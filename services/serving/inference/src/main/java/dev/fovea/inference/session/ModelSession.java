package dev.fovea.inference.session;

import dev.fovea.repository.ModelManifest;
import java.util.List;

/// A model loaded on one device.
///
/// Confined: `newBuffers`, `run` and `close` are called by the one thread that owns the session. Whoever loaded
/// it closes it, and with it all buffers.
public interface ModelSession extends AutoCloseable {

    ModelManifest manifest();

    /// `sha256:` and the hexadecimal digest of the model file.
    String digest();

    /// The execution providers really used, in order, for example `[cuda, cpu]`.
    List<String> executionProviders();

    /// Memory for one batch of at most `manifest().maxBatch()` rows. That of outputs that only explain comes with
    /// the first run on these buffers that asks for them, and stays.
    BatchBuffers newBuffers();

    /// Runs the first `rows` rows of `buffers`, padded up to the next bucket with zeros.
    ///
    /// @param outputs what [BatchBuffers#outputs] holds afterwards
    /// @return the bucket it ran at
    /// @throws SessionException if the run fails; the session stays usable unless [SessionException#fatal()]
    /// @throws IllegalArgumentException if `rows` is not 1 to `manifest().maxBatch()`
    /// @throws IllegalStateException if the session is closed
    int run(BatchBuffers buffers, int rows, OutputSet outputs) throws SessionException;

    /// As [#run(BatchBuffers, int, OutputSet)], for the outputs that answer.
    default int run(BatchBuffers buffers, int rows) throws SessionException {
        return run(buffers, rows, OutputSet.ANSWERS);
    }

    /// A second call does nothing.
    @Override
    void close();
}
