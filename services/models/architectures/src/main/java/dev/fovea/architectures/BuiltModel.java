package dev.fovea.architectures;

import dev.fovea.onnx.Graph;
import dev.fovea.onnx.OnnxWriter;
import dev.fovea.repository.ManifestJson;
import dev.fovea.repository.ModelManifest;
import java.util.Map;

/// A graph with the manifest that describes it.
public record BuiltModel(Graph graph, ModelManifest manifest) {

    /// The ONNX file, manifest inside; equal requests give equal bytes.
    public byte[] toBytes() {
        return OnnxWriter.write(graph, Map.of(ModelManifest.METADATA_KEY, ManifestJson.write(manifest)));
    }
}
