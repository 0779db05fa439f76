package dev.fovea.architectures.weights.file;

import dev.fovea.architectures.weights.WeightsException;
import dev.fovea.architectures.weights.bytes.Bytes;
import dev.fovea.architectures.weights.pickle.PickleValue;
import dev.fovea.architectures.weights.pickle.PickleValue.Entries;
import dev.fovea.architectures.weights.pickle.PickleValue.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/// Finds the dictionary of tensors inside the dictionaries that training programs wrap around it.
final class StateDictionarySearch {

    /// The most usual first; averaged copies last, since they are asked for by name.
    static final List<String> WRAPPERS = List.of(
            "state_dict",
            "model",
            "model_state_dict",
            "model_state",
            "net",
            "network",
            "params",
            "weights",
            "module",
            "state_dict_ema",
            "model_ema",
            "ema");

    private final Bytes file;
    private final List<String> notes = new ArrayList<>();
    private final IdentityHashMap<Entries, Boolean> leads = new IdentityHashMap<>();

    StateDictionarySearch(Bytes file) {
        this.file = file;
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    /// @param path keys divided by `/`
    Entries follow(PickleValue root, String path) {
        PickleValue value = root;
        for (String key : path.split("/", -1)) {
            value = value instanceof Entries entries && entries.named().containsKey(key)
                    ? entries.named().get(key)
                    : absent(path, key, value);
        }
        if (value instanceof Entries entries && holdsTensors(entries)) {
            return entries;
        }
        throw file.error("\"" + path + "\" is no dictionary of tensors");
    }

    private PickleValue absent(String path, String key, PickleValue value) {
        List<String> there =
                value instanceof Entries entries ? List.copyOf(entries.named().keySet()) : List.of();
        throw file.error("has no \"" + key + "\" for the entry \"" + path + "\"; there are " + abridged(there));
    }

    Entries search(PickleValue root) {
        if (!(root instanceof Entries entries)) {
            throw file.error("holds no dictionary of tensors; save a module's state_dict()");
        }
        Entries found = entries;
        // Wrappers go first: a checkpoint may carry a tensor of its own, such as the state of the random generator.
        for (List<String> inside = wrappers(found); !inside.isEmpty(); inside = wrappers(found)) {
            note(inside);
            found = (Entries) child(found, inside.getFirst());
        }
        if (holdsTensors(found)) {
            return found;
        }
        return onlyChild(found);
    }

    /// The usual names under which there are tensors, directly or further in, the preferred first.
    private List<String> wrappers(Entries entries) {
        return WRAPPERS.stream()
                .filter(name -> child(entries, name) instanceof Entries inner && leadsToTensors(inner))
                .toList();
    }

    /// Remembered, since one dictionary may stand in many places.
    private boolean leadsToTensors(Entries entries) {
        Boolean known = leads.get(entries);
        if (known == null) {
            known = holdsTensors(entries) || !wrappers(entries).isEmpty();
            leads.put(entries, known);
        }
        return known;
    }

    private Entries onlyChild(Entries entries) {
        List<String> names = entries.named().keySet().stream()
                .filter(name -> child(entries, name) instanceof Entries inner && holdsTensors(inner))
                .toList();
        if (names.size() != 1) {
            throw noneOrMany(names, entries);
        }
        note(names);
        return (Entries) child(entries, names.getFirst());
    }

    private WeightsException noneOrMany(List<String> names, Entries entries) {
        return names.isEmpty()
                ? file.error("holds no dictionary of tensors; its entries are "
                        + abridged(List.copyOf(entries.named().keySet())))
                : file.error("holds several dictionaries of tensors, name one: " + abridged(names));
    }

    private void note(List<String> names) {
        String others = names.size() == 1 ? "" : "; also there: " + String.join(", ", names.subList(1, names.size()));
        notes.add("tensors were taken from \"" + names.getFirst() + "\"" + others);
    }

    private static PickleValue child(Entries entries, String name) {
        return entries.named().getOrDefault(name, PickleValue.NOTHING);
    }

    private static boolean holdsTensors(Entries entries) {
        return entries.named().values().stream().anyMatch(Tensor.class::isInstance);
    }

    private static String abridged(List<String> names) {
        List<String> first = names.stream()
                .limit(20)
                .map(name -> name.length() > 80 ? name.substring(0, 80) + "..." : name)
                .toList();
        return String.join(", ", first) + (names.size() > first.size() ? ", ... (" + names.size() + ")" : "");
    }
}
