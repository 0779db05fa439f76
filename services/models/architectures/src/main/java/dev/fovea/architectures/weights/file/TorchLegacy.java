package dev.fovea.architectures.weights.file;

import dev.fovea.architectures.weights.bytes.ByteReader;
import dev.fovea.architectures.weights.bytes.FileBytes;
import dev.fovea.architectures.weights.pickle.PickleDocument;
import dev.fovea.architectures.weights.pickle.PickleMachine;
import dev.fovea.architectures.weights.pickle.PickleValue;
import dev.fovea.architectures.weights.pickle.PickleValue.Huge;
import dev.fovea.architectures.weights.pickle.PickleValue.Items;
import dev.fovea.architectures.weights.pickle.PickleValue.Storage;
import dev.fovea.architectures.weights.pickle.PickleValue.Text;
import dev.fovea.architectures.weights.pickle.PickleValue.Whole;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// PyTorch's checkpoints from 0.1.10 to 1.5: pickles of a magic number, a version, facts about the machine,
/// the object itself and the keys of its storages; then each storage as its length (8 bytes) and its
/// numbers.
///
/// The numbers are little-endian whatever the machine was: `torch/csrc/serialization.cpp` swaps them on the
/// way out. Source: PyTorch, `torch/serialization.py` (`_legacy_save`, `_legacy_load`).
final class TorchLegacy {

    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long VERSION = 1001;

    private final FileBytes file;
    private final Map<String, StorageBytes> storages = new HashMap<>();

    private TorchLegacy(FileBytes file) {
        this.file = file;
    }

    /// @param entry a dictionary in the checkpoint, see [StateDictionary]
    static FileContent read(FileBytes file, Optional<String> entry) {
        return new TorchLegacy(file).readAll(entry);
    }

    private FileContent readAll(Optional<String> entry) {
        PickleDocument document;
        try (ByteReader in = ByteReader.open(file, 0)) {
            if (!(PickleMachine.read(in).root() instanceof Huge(BigInteger magic)) || !magic.equals(MAGIC)) {
                throw file.error("is a plain pickle, not a checkpoint that PyTorch saved");
            }
            if (!(PickleMachine.read(in).root() instanceof Whole(long version)) || version != VERSION) {
                throw file.error("is a checkpoint of an unknown version, only " + VERSION + " is read");
            }
            PickleMachine.read(in); // the machine's byte order and type sizes, which change nothing below
            document = PickleMachine.read(in);
            readStorages(in, document.storages());
        }
        return StateDictionary.find(document.root(), entry, file).content("PyTorch legacy", this::storage);
    }

    private void readStorages(ByteReader in, Map<String, Storage> declared) {
        if (!(PickleMachine.read(in).root() instanceof Items keys)) {
            throw file.error("its storage keys are no list");
        }
        for (PickleValue key : keys.values()) {
            if (!(key instanceof Text(String name)) || !declared.containsKey(name)) {
                throw file.error("lists a storage that nothing refers to");
            }
            if (storages.put(name, storage(in, declared.get(name))) != null) {
                throw file.error("lists storage \"" + name + "\" twice");
            }
        }
    }

    private StorageBytes storage(ByteReader in, Storage declared) {
        long elements = in.littleEndian(8);
        if (elements != declared.stored()) {
            throw file.error("storage \"" + declared.key() + "\" holds " + elements + " elements, declared are "
                    + declared.stored());
        }
        int width = declared.format().width();
        if (elements > in.remaining() / width) {
            throw file.error("truncated: storage \"" + declared.key() + "\" of " + elements + " elements of " + width
                    + " bytes, " + in.remaining() + " bytes left");
        }
        FileBytes bytes = file.range("storage \"" + declared.key() + "\"", in.position(), elements * width);
        in.skip(bytes.size());
        return new StorageBytes(bytes, declared.format(), ByteOrder.LITTLE_ENDIAN);
    }

    private StorageBytes storage(Storage storage) {
        return Optional.ofNullable(storages.get(storage.key()))
                .orElseThrow(() -> file.error(
                        "storage \"" + storage.key() + "\" is not in the file, which has " + storages.size()));
    }
}
