package dev.fovea.builder.fit;

import dev.fovea.architectures.densesift.SiftNetwork;
import dev.fovea.architectures.layers.VectorPooling;
import dev.fovea.repository.ModelManifest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// The maps behind a vector that pools them, from which a classifier of the vector can explain itself.
record PooledValue(FeatureTap maps, VectorPooling pooling, int margin) {

    /// @param vector a value of the file
    /// @return empty where the pooling is another or unknown
    static Optional<PooledValue> of(byte[] onnx, FeatureTap vector) {
        ModelManifest manifest = vector.manifest();
        boolean answer =
                vector.value().name().equals(manifest.outputs().getFirst().name());
        boolean local = manifest.explanations().stream()
                .anyMatch(output -> output.name().equals(SiftNetwork.LOCAL_FEATURES));
        if (answer && local) {
            return at(onnx, manifest, SiftNetwork.LOCAL_FEATURES)
                    .map(maps ->
                            new PooledValue(maps, VectorPooling.BILINEAR, SiftNetwork.margin(manifest, rows(maps))));
        }
        return vector.averagedMaps()
                .flatMap(name -> at(onnx, manifest, name))
                .filter(FeatureTap::isMaps)
                .map(maps -> new PooledValue(maps, VectorPooling.GAP, 0));
    }

    HeadFeatures features(boolean explains) {
        return new HeadFeatures(Optional.empty(), Optional.of(pooling), margin, explains);
    }

    Map<String, String> notes() {
        return Map.of("features", maps.value().name(), "pooling", pooling.toString());
    }

    private static int rows(FeatureTap maps) {
        return maps.value().itemShape().get(1);
    }

    private static Optional<FeatureTap> at(byte[] onnx, ModelManifest manifest, String name) {
        try {
            return Optional.of(FeatureTap.at(onnx, manifest, name));
        } catch (IOException unfit) {
            return Optional.empty(); // of another type than a head takes: the vector itself serves
        }
    }
}
