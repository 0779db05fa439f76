package dev.fovea.architectures.weights.pickle;

import dev.fovea.architectures.weights.pickle.PickleValue.Callable;
import dev.fovea.architectures.weights.pickle.PickleValue.Entries;
import dev.fovea.architectures.weights.pickle.PickleValue.Items;
import dev.fovea.architectures.weights.pickle.PickleValue.Nothing;
import dev.fovea.architectures.weights.pickle.PickleValue.Opaque;
import dev.fovea.architectures.weights.pickle.PickleValue.Storage;
import dev.fovea.architectures.weights.pickle.PickleValue.Tensor;
import dev.fovea.architectures.weights.pickle.PickleValue.Text;
import dev.fovea.architectures.weights.pickle.PickleValue.Whole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a pickle has built by its constructors: dictionaries, tensors, storages.
final class Calls {

    static final int MAX_TENSORS = 100_000;
    static final int MAX_RANK = 16;
    /// PyTorch's are numbers, or addresses as text.
    static final int MAX_KEY = 128;

    private final Cursor cursor;
    private final ValueStack stack;
    private final Map<String, Storage> storages = new LinkedHashMap<>();
    private int tensors;

    Calls(Cursor cursor, ValueStack stack) {
        this.cursor = cursor;
        this.stack = stack;
    }

    /// By key; of several views of one storage the first.
    Map<String, Storage> storages() {
        return storages;
    }

    /// A constructor and its arguments become what it makes.
    void reduce() {
        List<PickleValue> arguments =
                stack.popItems("a constructor's arguments").values();
        stack.push(
                switch (stack.popCallable("what is called")) {
                    case Constructor.Ignored ignored -> new Opaque(ignored.name());
                    case Constructor.StorageType type ->
                        throw cursor.error("a storage of " + type.format() + " is made outside a tensor");
                    case Constructor.Known known ->
                        switch (known) {
                            case DICTIONARY -> dictionary(arguments);
                            case TENSOR -> tensor(arguments);
                            case PARAMETER -> parameter(arguments);
                            case SIZE -> items(arguments, 0, "a size");
                        };
                });
    }

    /// Attributes of a dictionary (PyTorch keeps versions there) and of training state compute nothing.
    void build() {
        PickleValue state = stack.pop();
        switch (stack.peek()) {
            case Entries entries -> entries.attach(state);
            case Opaque ignored -> {}
            case PickleValue other -> throw cursor.error("sets attributes of what has none");
        }
    }

    void put(Entries entries, List<PickleValue> pairs) {
        if (pairs.size() % 2 != 0) {
            throw cursor.error("a key without a value");
        }
        for (int i = 0; i < pairs.size(); i += 2) {
            put(entries, pairs.get(i), pairs.get(i + 1));
        }
    }

    private void put(Entries entries, PickleValue key, PickleValue value) {
        entries.put(key, value).ifPresent(name -> {
            throw cursor.error("a dictionary names \"" + name + "\" twice");
        });
    }

    private PickleValue dictionary(List<PickleValue> arguments) {
        var entries = new Entries();
        if (arguments.isEmpty()) {
            return entries;
        }
        Items pairs = items(arguments, 0, "a dictionary's content");
        cursor.spend(pairs.values().size());
        for (PickleValue pair : pairs.values()) {
            if (!(pair instanceof Items item) || item.values().size() != 2) {
                throw cursor.error("a dictionary's content is no list of pairs");
            }
            put(entries, item.values().getFirst(), item.values().getLast());
        }
        return entries;
    }

    private PickleValue tensor(List<PickleValue> arguments) {
        if (arguments.size() < 4 || !(arguments.getFirst() instanceof Storage storage)) {
            throw cursor.error("a tensor needs a storage, an offset, sizes and strides");
        }
        if (++tensors > MAX_TENSORS) {
            throw cursor.error("more than " + MAX_TENSORS + " tensors");
        }
        return new Tensor(
                storage,
                whole(arguments, 1, "a tensor's offset"),
                wholes(arguments, 2, "a tensor's sizes"),
                wholes(arguments, 3, "a tensor's strides"));
    }

    private PickleValue parameter(List<PickleValue> arguments) {
        if (!arguments.isEmpty() && arguments.getFirst() instanceof Tensor tensor) {
            return tensor;
        }
        throw cursor.error("a parameter needs a tensor");
    }

    /// `("storage", type, key, location, elements)`, in older files with a view `(key, offset, elements)`
    /// or None.
    void persistent() {
        List<PickleValue> id = stack.popItems("a persistent id").values();
        if (id.size() < 5
                || !(id.getFirst() instanceof Text(String kind))
                || !"storage".equals(kind)
                || !(id.get(1) instanceof Callable(Constructor.StorageType type))
                || !(id.get(2) instanceof Text(String key))) {
            throw cursor.error("a persistent id that is no storage of a known type; a checkpoint of a whole model"
                    + " (not of its state_dict) holds code and is not read");
        }
        if (key.length() > MAX_KEY) {
            throw cursor.error("a storage's key of " + key.length() + " characters, at most " + MAX_KEY + " are read");
        }
        long stored = whole(id, 4, "a storage's length");
        var whole = new Storage(key, type.format(), stored, 0, stored);
        Storage known = storages.putIfAbsent(key, whole);
        if (known != null && !known.equals(whole)) {
            throw cursor.error("storage \"" + key + "\" is declared as " + known.stored() + " " + known.format()
                    + " and as " + stored + " " + type.format());
        }
        boolean plain = id.size() == 5 || id.get(5) instanceof Nothing;
        stack.push(plain ? whole : view(whole, items(id, 5, "a storage's view").values()));
    }

    private Storage view(Storage whole, List<PickleValue> view) {
        long start = whole(view, 1, "a view's offset");
        long elements = whole(view, 2, "a view's length");
        if (start > whole.stored() || elements > whole.stored() - start) {
            throw cursor.error(
                    "a view of " + elements + " elements at " + start + " leaves its storage of " + whole.stored());
        }
        return new Storage(whole.key(), whole.format(), whole.stored(), start, elements);
    }

    private Items items(List<PickleValue> values, int index, String what) {
        if (index < values.size() && values.get(index) instanceof Items items) {
            return items;
        }
        throw cursor.error(what + " is no list or tuple");
    }

    private List<Long> wholes(List<PickleValue> values, int index, String what) {
        List<PickleValue> items = items(values, index, what).values();
        if (items.size() > MAX_RANK) {
            throw cursor.error(what + ": " + items.size() + " of them, at most " + MAX_RANK);
        }
        List<Long> wholes = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            wholes.add(whole(items, i, what));
        }
        return wholes;
    }

    private long whole(List<PickleValue> values, int index, String what) {
        if (index < values.size() && values.get(index) instanceof Whole(long value)) {
            if (value < 0) {
                throw cursor.error(what + ": " + value + " is negative");
            }
            return value;
        }
        throw cursor.error(what + " is no integer of 64 bits");
    }
}
