package dev.fovea.retrieval;

import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.vectorindex.FieldType;
import dev.fovea.vectorindex.VectorStorage;
import java.util.Map;
import java.util.Optional;

/// A collection as it is configured.
///
/// @param name 1 to 64 lower-case letters, digits, `-` and `_`, the first a letter
/// @param model whose embeddings it holds
/// @param localModel whose local descriptors it keeps for re-ranking; empty: none, and nothing can be re-ranked
/// @param fields metadata that can be stored and filtered by
/// @param rerank what is kept and done for stage two
public record CollectionSettings(
        String name,
        ModelRef model,
        Optional<ModelRef> localModel,
        VectorStorage storage,
        Map<String, FieldType> fields,
        StageTwoSettings rerank) {

    private static final String NAME = "[a-z][a-z0-9_-]{0,63}";
    private static final String FIELD = "[A-Za-z][A-Za-z0-9_-]{0,63}";

    /// @throws IllegalArgumentException naming what is not allowed as a name
    public CollectionSettings {
        fields = Map.copyOf(fields);
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("collection name \"" + name
                    + "\" must be 1 to 64 lower case letters, digits, '-' and '_', the first a letter");
        }
        for (String field : fields.keySet()) {
            if (!field.matches(FIELD)) {
                throw new IllegalArgumentException("field \"" + field + "\" of collection " + name
                        + " must be 1 to 64 letters, digits, '-' and '_', the first a letter");
            }
        }
    }
}
