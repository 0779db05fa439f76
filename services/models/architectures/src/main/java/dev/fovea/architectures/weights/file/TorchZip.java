package dev.fovea.architectures.weights.file;

import dev.fovea.architectures.weights.bytes.ByteReader;
import dev.fovea.architectures.weights.bytes.Bytes;
import dev.fovea.architectures.weights.bytes.FileBytes;
import dev.fovea.architectures.weights.pickle.PickleMachine;
import dev.fovea.architectures.weights.pickle.PickleValue;
import dev.fovea.architectures.weights.pickle.PickleValue.Storage;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// PyTorch's checkpoints since 1.6: a zip archive of a pickle, `data.pkl`, and one entry for each storage,
/// `data/0`.
///
/// Source: PyTorch, `torch/serialization.py` (`_save`, `_load`) and `caffe2/serialize/inline_container.cc`.
final class TorchZip {

    private static final String PICKLE = "data.pkl";

    private final FileBytes file;
    private final Map<String, Bytes> entries;
    private final String root;

    private TorchZip(FileBytes file, Map<String, Bytes> entries, String root) {
        this.file = file;
        this.entries = entries;
        this.root = root;
    }

    /// @param entry a dictionary in the checkpoint, see [StateDictionary]
    static FileContent read(FileBytes file, Optional<String> entry) {
        Map<String, Bytes> entries = ZipEntries.read(file);
        List<String> pickles = entries.keySet().stream()
                .filter(name -> name.equals(PICKLE) || name.endsWith("/" + PICKLE))
                .sorted()
                .toList();
        if (pickles.size() != 1) {
            throw file.error("zip archive of " + entries.size() + " entries with " + pickles.size() + " files " + PICKLE
                    + "; a PyTorch checkpoint has one");
        }
        String pickle = pickles.getFirst();
        return new TorchZip(file, entries, pickle.substring(0, pickle.length() - PICKLE.length())).read(entry);
    }

    private FileContent read(Optional<String> entry) {
        if (entries.containsKey(root + "constants.pkl")) {
            throw file.error("is a TorchScript archive, which holds a program; save the module's state_dict() instead");
        }
        PickleValue document;
        try (ByteReader in = ByteReader.open(content(PICKLE), 0)) {
            document = PickleMachine.read(in).root();
        }
        ByteOrder order = byteOrder();
        return StateDictionary.find(document, entry, file).content("PyTorch zip", storage -> storage(storage, order));
    }

    private Bytes content(String name) {
        return Optional.ofNullable(entries.get(root + name))
                .orElseThrow(() -> file.error("the archive has no entry \"" + root + name + "\""));
    }

    /// Files from before 2.1 do not say it; they come from little-endian machines.
    private ByteOrder byteOrder() {
        if (!entries.containsKey(root + "byteorder")) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        try (ByteReader in = ByteReader.open(content("byteorder"), 0)) {
            String order = in.text((int) Math.min(16, in.remaining()));
            return switch (order) {
                case "little" -> ByteOrder.LITTLE_ENDIAN;
                case "big" -> ByteOrder.BIG_ENDIAN;
                default -> throw file.error("byte order \"" + order + "\" is neither little nor big");
            };
        }
    }

    private StorageBytes storage(Storage storage, ByteOrder order) {
        var bytes = new StorageBytes(content("data/" + storage.key()), storage.format(), order);
        StateDictionary.requireSize(storage, bytes.bytes());
        return bytes;
    }
}
