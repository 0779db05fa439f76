package dev.fovea.architectures.weights.pickle;

import dev.fovea.architectures.weights.pickle.PickleValue.Storage;
import java.util.Collections;
import java.util.Map;

/// What one pickle says.
///
/// @param storages all that it refers to, by key
public record PickleDocument(PickleValue root, Map<String, Storage> storages) {

    public PickleDocument {
        storages = Collections.unmodifiableMap(storages);
    }
}
