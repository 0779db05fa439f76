package dev.fovea.onnxruntime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.fovea.inference.session.SessionException;
import dev.fovea.repository.ManifestJson;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.ModelVersion;

/// The manifest inside a loaded model's metadata.
final class EmbeddedManifest {

    private EmbeddedManifest() {}

    /// @throws SessionException if there is none, it cannot be read, or it belongs to another model or version
    static ModelManifest of(OrtSession session, ModelVersion model) throws SessionException {
        ModelManifest manifest = parse(json(session, model), model);
        if (!manifest.name().equals(model.name()) || manifest.version() != model.version()) {
            throw OnnxRuntimeLoader.failure(
                    model,
                    "its manifest says " + manifest.name() + "@" + manifest.version()
                            + "; the folders of a repository are <root>/<name>/<version>");
        }
        return manifest;
    }

    private static String json(OrtSession session, ModelVersion model) throws SessionException {
        try {
            return session.getMetadata()
                    .getCustomMetadataValue(ModelManifest.METADATA_KEY)
                    .orElseThrow(() -> OnnxRuntimeLoader.failure(
                            model,
                            "it has no manifest (metadata key " + ModelManifest.METADATA_KEY + "), so nothing says what"
                                    + " it expects; build it with \"fovea models build\" (services/models/builder)"));
        } catch (OrtException unreadable) {
            throw OnnxRuntimeLoader.failure(
                    model, "its metadata cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static ModelManifest parse(String json, ModelVersion model) throws SessionException {
        try {
            return ManifestJson.read(json);
        } catch (IllegalArgumentException unreadable) {
            throw OnnxRuntimeLoader.failure(
                    model, "its manifest cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }
}
