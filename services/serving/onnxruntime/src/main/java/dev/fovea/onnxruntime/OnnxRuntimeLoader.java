package dev.fovea.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.fovea.inference.session.ModelSession;
import dev.fovea.inference.session.SessionException;
import dev.fovea.inference.session.SessionLoader;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.ModelVersion;
import java.nio.file.Files;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Loads models into ONNX Runtime.
///
/// Guarantees of a session it returns: every listed provider has started; the file has the digest written in
/// `model.onnx.sha256` beside it, if there is such a file; the manifest inside the file fits the folder it lies in and
/// the graph's real inputs and outputs; weights outside the file lie in the version's own folder (ONNX Runtime refuses
/// absolute paths, `..` and links that lead out). The digest covers `model.onnx`, not weights in other files.
///
/// Any platform thread may call [#load]; the session then belongs to that thread.
public final class OnnxRuntimeLoader implements SessionLoader {

    private static final Logger LOG = LoggerFactory.getLogger(OnnxRuntimeLoader.class);

    private final List<ExecutionProvider> providers;

    /// @param providers in order of preference, at least one, each kind once, the processor last
    /// @throws IllegalArgumentException if the list is not so
    public OnnxRuntimeLoader(List<ExecutionProvider> providers) {
        this.providers = List.copyOf(providers);
        List<String> names = names();
        if (names.isEmpty()) {
            throw new IllegalArgumentException("at least one execution provider is needed: cpu, cuda or tensorrt");
        }
        if (names.stream().distinct().count() != names.size()) {
            throw new IllegalArgumentException("execution providers " + names + " name one twice");
        }
        if (names.indexOf("cpu") >= 0 && names.indexOf("cpu") != names.size() - 1) {
            throw new IllegalArgumentException(
                    "execution providers " + names + ": cpu runs every node, so it must come last");
        }
    }

    @Override
    public ModelSession load(ModelVersion model) throws SessionException {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("a session needs a platform thread, " + Thread.currentThread()
                    + " is virtual: native calls would pin its carrier");
        }
        if (!Files.isRegularFile(model.file())) {
            throw failure(model, "there is no file " + model.file());
        }
        String digest = ModelDigest.verified(model);
        OrtEnvironment environment = OnnxRuntime.environment();
        OrtSession session = create(environment, model);
        try {
            ModelManifest manifest = EmbeddedManifest.of(session, model);
            GraphCheck.check(manifest, session, model);
            var loaded = new OnnxRuntimeSession(environment, session, manifest, digest, names());
            LOG.atInfo()
                    .addKeyValue("model", model)
                    .addKeyValue("digest", digest)
                    .addKeyValue("providers", providers)
                    .addKeyValue("buckets", manifest.batchBuckets())
                    .addKeyValue("onnxruntime", environment.getVersion())
                    .log("model loaded");
            return loaded;
        } catch (SessionException | RuntimeException refused) {
            closeAfter(refused, session);
            throw refused;
        }
    }

    private List<String> names() {
        return providers.stream().map(ExecutionProvider::name).toList();
    }

    private OrtSession create(OrtEnvironment environment, ModelVersion model) throws SessionException {
        try (OrtSession.SessionOptions options = ProviderSetup.open(providers, environment.getVersion())) {
            return environment.createSession(model.file().toString(), options);
        } catch (OrtException refused) {
            throw failure(model, advice(String.valueOf(refused.getMessage())), refused);
        }
    }

    private static String advice(String text) {
        if (text.contains("External data path")) {
            return "its weights lie outside the version's folder, which is refused: " + text;
        }
        if (text.contains("cpu_ep_fallback") || text.contains("fallback to CPU")) {
            return "it has nodes that the listed providers cannot run; add cpu to the end of the list to run those on"
                    + " the processor: " + text;
        }
        return "ONNX Runtime refuses it: " + text;
    }

    /// A file that is not what it should be.
    static SessionException failure(ModelVersion model, String what) {
        return failure(model, what, new IllegalArgumentException(what));
    }

    static SessionException failure(ModelVersion model, String what, Throwable cause) {
        boolean fatal = cause instanceof OrtException error
                && DeviceErrors.isFatal(error.getCode().name(), String.valueOf(error.getMessage()));
        return new SessionException("model " + model + " (" + model.file() + "): " + what, cause, fatal);
    }

    private static void closeAfter(Exception refused, OrtSession session) {
        try {
            session.close();
        } catch (OrtException alsoFailed) {
            refused.addSuppressed(alsoFailed);
        }
    }
}
