package dev.fovea.architectures.weights.file;

import dev.fovea.architectures.weights.WeightTensor;
import dev.fovea.architectures.weights.bytes.Bytes;
import dev.fovea.architectures.weights.pickle.PickleValue;
import dev.fovea.architectures.weights.pickle.PickleValue.Entries;
import dev.fovea.architectures.weights.pickle.PickleValue.Storage;
import dev.fovea.architectures.weights.pickle.PickleValue.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// The dictionary of tensors in a checkpoint, wherever the training program put it.
///
/// @param tensors by their names in the file, less prefixes that all of them carry
/// @param notes what was chosen
record StateDictionary(Map<String, Tensor> tensors, List<String> notes, Bytes file) {

    /// Tensors may share storage, but not so that a small file pretends to be a large network.
    private static final int MAX_SHARING = 16;

    /// What data-parallel and compiled modules put before every name.
    private static final List<String> PREFIXES = List.of("module.", "_orig_mod.");

    private static final int MAX_PREFIXES = 4;
    private static final int MAX_NAME = 512;

    /// @param entry path of a dictionary, parts divided by `/`; without it the usual names are looked for
    static StateDictionary find(PickleValue root, Optional<String> entry, Bytes file) {
        var search = new StateDictionarySearch(file);
        Entries found = entry.map(path -> search.follow(root, path)).orElseGet(() -> search.search(root));
        Map<String, Tensor> tensors = new TreeMap<>();
        found.named().forEach((name, value) -> {
            if (value instanceof Tensor tensor) {
                requireNameable(name, file);
                tensors.put(name, tensor);
            }
        });
        var dictionary = new StateDictionary(tensors, search.notes(), file);
        for (int i = 0; i < MAX_PREFIXES; i++) {
            dictionary = dictionary.withoutPrefix();
        }
        return dictionary;
    }

    private static void requireNameable(String name, Bytes file) {
        if (name.length() > MAX_NAME) {
            throw file.error("tensor \"" + name.substring(0, 40) + "...\" has a name of " + name.length()
                    + " characters, at most " + MAX_NAME + " are read");
        }
    }

    /// Less one prefix, if all names carry it.
    private StateDictionary withoutPrefix() {
        Optional<String> shared = PREFIXES.stream()
                .filter(prefix -> tensors.keySet().stream().allMatch(name -> name.startsWith(prefix)))
                .findFirst();
        return shared.map(this::without).orElse(this);
    }

    private StateDictionary without(String prefix) {
        Map<String, Tensor> stripped = new TreeMap<>();
        tensors.forEach((name, tensor) -> stripped.put(name.substring(prefix.length()), tensor));
        List<String> more = new ArrayList<>(notes);
        more.add("all names began with \"" + prefix + "\", which was taken off");
        return new StateDictionary(stripped, more, file);
    }

    /// @param storages finds where a storage's numbers lie
    FileContent content(String format, Function<Storage, StorageBytes> storages) {
        Map<String, WeightTensor> stored = new TreeMap<>();
        double total = 0;
        for (Map.Entry<String, Tensor> named : tensors.entrySet()) {
            StoredTensor tensor = stored(named.getKey(), named.getValue(), storages);
            total += tensor.elementsRead();
            stored.put(named.getKey(), tensor);
        }
        if (total > (double) MAX_SHARING * file.size()) {
            throw file.error(String.format(
                    "its tensors reach over %.0f elements, in a file of %d bytes over at most %d",
                    total, file.size(), MAX_SHARING * file.size()));
        }
        return new FileContent(format, stored, Map.of(), notes);
    }

    private StoredTensor stored(String name, Tensor tensor, Function<Storage, StorageBytes> storages) {
        Storage view = tensor.storage();
        if (tensor.sizes().size() != tensor.strides().size()) {
            throw file.error(
                    "tensor \"" + name + "\" has sizes " + tensor.sizes() + " and strides " + tensor.strides());
        }
        if (tensor.offset() > view.elements()) {
            throw file.error("tensor \"" + name + "\" begins at element " + tensor.offset() + " of " + view.elements());
        }
        var layout = new Layout(view.start() + tensor.offset(), tensor.sizes(), tensor.strides());
        return new StoredTensor(name, storages.apply(view), layout);
    }

    /// @throws dev.fovea.architectures.weights.WeightsException if the bytes are not as many as declared
    static void requireSize(Storage storage, Bytes bytes) {
        int width = storage.format().width();
        if (bytes.size() % width != 0 || bytes.size() / width != storage.stored()) {
            throw bytes.error("storage \"" + storage.key() + "\" of " + storage.stored() + " elements of " + width
                    + " bytes has " + bytes.size() + " bytes");
        }
    }
}
