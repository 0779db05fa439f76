package dev.fovea.architectures.weights.file;

import dev.fovea.architectures.weights.WeightTensor;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What one weight file holds, numbers unread.
///
/// @param format for a person: `PyTorch zip`
/// @param tensors sorted by name
/// @param metadata texts that the file carries beside its tensors
/// @param notes what was chosen or taken off names, one sentence each
record FileContent(String format, Map<String, WeightTensor> tensors, Map<String, String> metadata, List<String> notes) {

    FileContent {
        tensors = Collections.unmodifiableMap(new TreeMap<>(tensors));
        metadata = Map.copyOf(metadata);
        notes = List.copyOf(notes);
    }
}
