package dev.fovea.architectures;

import dev.fovea.repository.ElementType;
import java.util.List;
import java.util.Map;

/// What model is wanted of an architecture.
///
/// @param name of the model, see [dev.fovea.repository.ModelManifest]
/// @param version positive
/// @param options by [Option#name]; those not given take their defaults
/// @param inputType UINT8 or FLOAT32, as the architecture allows
/// @param batchBuckets ascending; empty for the architecture's default
/// @param builder name and version of the program that asks, for the provenance
public record ModelRequest(
        String name,
        int version,
        Map<String, String> options,
        ElementType inputType,
        List<Integer> batchBuckets,
        String builder) {

    public ModelRequest {
        options = Map.copyOf(options);
        batchBuckets = List.copyOf(batchBuckets);
    }

    /// Version 1 under the architecture's own name, all defaults.
    public static ModelRequest defaults(String name, ElementType inputType) {
        return new ModelRequest(name, 1, Map.of(), inputType, List.of(), "fovea");
    }

    public ModelRequest withOptions(Map<String, String> newOptions) {
        return new ModelRequest(name, version, newOptions, inputType, batchBuckets, builder);
    }
}
