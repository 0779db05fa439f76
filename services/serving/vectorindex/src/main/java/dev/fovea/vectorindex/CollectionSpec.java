package dev.fovea.vectorindex;

import java.util.Map;

/// What a collection is; an index made for another one is refused when it is opened.
///
/// @param name 1 to 64 lower-case letters, digits, `-` and `_`, the first a letter
/// @param embedder which model's embeddings it holds: its label and digest; embeddings of others cannot be compared
/// @param dimension of the embeddings, 1 to 4,096
/// @param fields declared metadata fields; only these can be stored and filtered by
public record CollectionSpec(
        String name, String embedder, int dimension, VectorStorage storage, Map<String, FieldType> fields) {

    private static final String NAME = "[a-z][a-z0-9_-]{0,63}";

    /// @throws IllegalArgumentException if the name is none: engines make folders and indexes of it
    public CollectionSpec {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("collection name \"" + name
                    + "\" must be 1 to 64 lower case letters, digits, '-' and '_', the first a letter");
        }
        fields = Map.copyOf(fields);
    }
}
