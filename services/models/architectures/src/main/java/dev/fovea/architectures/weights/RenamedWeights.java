package dev.fovea.architectures.weights;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// A source whose tensors go by other names.
public final class RenamedWeights implements WeightSource {

    private final WeightSource source;
    private final Map<String, String> originals = new TreeMap<>(); // by new name

    private RenamedWeights(WeightSource source, UnaryOperator<String> renaming) {
        this.source = source;
        for (String name : source.names()) {
            String clash = originals.put(renaming.apply(name), name);
            if (clash != null) {
                throw new WeightsException(source.origin().source() + ": " + clash + " and " + name
                        + " would both be called " + renaming.apply(name));
            }
        }
        if (originals.isEmpty()) {
            throw new WeightsException(source.origin().source() + " lists no tensors to rename");
        }
    }

    /// Every name with a prefix before it, such as `features.`.
    public static RenamedWeights prefixed(WeightSource source, String prefix) {
        return new RenamedWeights(source, name -> prefix + name);
    }

    /// Names without a prefix; those that do not carry it stay.
    ///
    /// @throws WeightsException if none carries it, or two names become one
    public static RenamedWeights stripped(WeightSource source, String prefix) {
        if (source.names().stream().noneMatch(name -> name.startsWith(prefix))) {
            throw new WeightsException(source.origin().source() + ": no name begins with \"" + prefix + "\"; there are "
                    + TensorNames.compact(source.names()));
        }
        return new RenamedWeights(source, name -> name.startsWith(prefix) ? name.substring(prefix.length()) : name);
    }

    /// @param table new names by old; an old name that ends in a dot renames all that begin with it,
    ///     the longest first
    /// @throws WeightsException if an old name fits no tensor, or two names become one
    public static RenamedWeights mapped(WeightSource source, Map<String, String> table) {
        Set<String> unmatched = new LinkedHashSet<>(new TreeMap<>(table).keySet());
        source.names().forEach(name -> rule(table, name).ifPresent(unmatched::remove));
        if (!unmatched.isEmpty()) {
            throw new WeightsException(source.origin().source() + ": no tensor to rename is called "
                    + String.join(", ", unmatched) + "; there are " + TensorNames.compact(source.names()));
        }
        return new RenamedWeights(source, name -> rule(table, name)
                .map(old -> table.get(old) + name.substring(old.length()))
                .orElse(name));
    }

    private static Optional<String> rule(Map<String, String> table, String name) {
        return table.keySet().stream()
                .filter(old -> old.endsWith(".") ? name.startsWith(old) : name.equals(old))
                .max((a, b) -> Integer.compare(a.length(), b.length()));
    }

    @Override
    public WeightOrigin origin() {
        return source.origin();
    }

    /// Sorted.
    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(originals.keySet());
    }

    @Override
    public Optional<WeightTensor> find(String name, long... sizes) {
        return Optional.ofNullable(originals.get(name)).flatMap(original -> source.find(original, sizes));
    }
}
