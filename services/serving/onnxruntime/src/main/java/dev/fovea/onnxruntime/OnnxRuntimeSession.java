package dev.fovea.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.fovea.inference.session.BatchBuffers;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.inference.session.OutputSet;
import dev.fovea.inference.session.SessionException;
import dev.fovea.repository.ModelManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A model in ONNX Runtime, confined to the platform thread that loaded it: ONNX Runtime's CUDA provider keeps memory
/// per calling thread, which grows when sessions hop between threads (onnxruntime issues 6181 and 29351).
///
/// Closing it closes its buffers.
final class OnnxRuntimeSession implements ModelSession {

    private static final Logger LOG = LoggerFactory.getLogger(OnnxRuntimeSession.class);

    private final Thread owner = Thread.currentThread();
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ModelManifest manifest;
    private final String digest;
    private final List<String> executionProviders;
    private final List<PinnedBuffers> buffers = new ArrayList<>(); // owned by the owner thread
    private boolean closed; // owned by the owner thread

    /// Takes over `session` and closes it.
    OnnxRuntimeSession(
            OrtEnvironment environment,
            OrtSession session,
            ModelManifest manifest,
            String digest,
            List<String> executionProviders) {
        this.environment = environment;
        this.session = session;
        this.manifest = manifest;
        this.digest = digest;
        this.executionProviders = List.copyOf(executionProviders);
    }

    @Override
    public ModelManifest manifest() {
        return manifest;
    }

    @Override
    public String digest() {
        return digest;
    }

    @Override
    public List<String> executionProviders() {
        return executionProviders;
    }

    @Override
    public BatchBuffers newBuffers() {
        requireOwnedAndOpen();
        var pinned = new PinnedBuffers(environment, manifest);
        buffers.add(pinned);
        return pinned;
    }

    @Override
    public int run(BatchBuffers batch, int rows, OutputSet outputs) throws SessionException {
        requireOwnedAndOpen();
        if (!(batch instanceof PinnedBuffers pinned) || !buffers.contains(pinned)) {
            throw new IllegalArgumentException("the buffers are not from this session of " + manifest.name());
        }
        if (rows < 1) {
            throw new IllegalArgumentException("a batch of " + rows + " rows; at least 1 is needed");
        }
        int bucket = manifest.bucketFor(rows);
        pinned.zeroRows(rows, bucket);
        Map<String, OnnxTensor> wanted = fetch(pinned, outputs, bucket);
        try {
            // What is wanted is pinned, so the result owns no tensor; what is not is not fetched.
            session.run(pinned.inputs(bucket), Set.of(), wanted).close();
            return bucket;
        } catch (OrtException failed) {
            String message = String.valueOf(failed.getMessage());
            throw new SessionException(
                    "model " + manifest.name() + "@" + manifest.version() + " failed on a batch of " + rows + " rows: "
                            + message,
                    failed,
                    DeviceErrors.isFatal(failed.getCode().name(), message));
        }
    }

    private Map<String, OnnxTensor> fetch(PinnedBuffers pinned, OutputSet outputs, int bucket) throws SessionException {
        try {
            return pinned.fetch(outputs, bucket);
        } catch (OutOfMemoryError none) {
            // Whoever wants no explanation is served as before.
            throw new SessionException(
                    "no memory for the outputs of model " + manifest.name() + "@" + manifest.version()
                            + " that explain, " + explanationBytes() + " bytes for " + manifest.maxBatch() + " rows: "
                            + none.getMessage(),
                    none,
                    false);
        }
    }

    private long explanationBytes() {
        return manifest.explanations().stream()
                .mapToLong(spec -> (long) manifest.maxBatch() * spec.itemBytes())
                .sum();
    }

    @Override
    public void close() {
        requireOwner();
        if (closed) {
            return;
        }
        closed = true;
        buffers.forEach(PinnedBuffers::close);
        try {
            session.close();
        } catch (OrtException failed) {
            // Nothing is left to try, and the caller's own shutdown must go on.
            LOG.atWarn().addKeyValue("model", manifest.name()).setCause(failed).log("session not closed cleanly");
        }
    }

    private void requireOwnedAndOpen() {
        requireOwner();
        if (closed) {
            throw new IllegalStateException("the session of model " + manifest.name() + " is closed");
        }
    }

    private void requireOwner() {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("the session of model " + manifest.name() + " belongs to thread "
                    + owner.getName() + ", not to " + Thread.currentThread().getName());
        }
    }
}
