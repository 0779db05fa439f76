package dev.fovea.architectures.weights;

import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.shape.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/// The account of one build: what was asked for, what was found, what was left over.
final class WeightLedger {

    /// PyTorch counts its training steps in every batch normalisation; the count computes nothing.
    private static final String STEP_COUNTER = "num_batches_tracked";

    private final WeightSource source;
    private final Set<String> used = new TreeSet<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> misshapen = new ArrayList<>();
    private final Map<Key, Value> constants = new HashMap<>();

    private record Key(Graph graph, DataType type, String name) {}

    WeightLedger(WeightSource source) {
        this.source = source;
    }

    float[] values(String name, long... sizes) {
        Shape wanted = Shape.of(sizes);
        boolean first = used.add(name);
        Optional<WeightTensor> found = source.find(name, sizes);
        if (found.isPresent() && found.get().shape().equals(wanted)) {
            return found.get().values();
        }
        if (first) {
            found.ifPresentOrElse(
                    tensor -> misshapen.add(name + " is " + tensor.shape() + ", wanted is " + wanted),
                    () -> missing.add(name + " " + wanted));
        }
        return new float[Math.toIntExact(wanted.fixedElements())];
    }

    Value constant(Value user, String name, Supplier<float[]> values, Shape shape) {
        // No computeIfAbsent: the supplier of one constant may ask for another.
        var key = new Key(user.graph(), user.type(), name);
        Value known = constants.get(key);
        if (known == null) {
            known = user.graph().constant(name, values.get(), shape, user.type());
            constants.put(key, known);
        }
        return known;
    }

    void requireAllUsedAndFound() {
        List<String> unused = source.names().stream()
                .filter(name -> !used.contains(name) && !name.endsWith(STEP_COUNTER))
                .sorted()
                .toList();
        if (missing.isEmpty() && misshapen.isEmpty() && unused.isEmpty()) {
            return;
        }
        List<String> problems = new ArrayList<>();
        add(problems, "missing", missing);
        add(problems, "misshapen", misshapen);
        add(problems, "unused", unused);
        throw new WeightsException(
                source.origin().source() + " does not fit the network: " + String.join("; ", problems));
    }

    private static void add(List<String> problems, String kind, List<String> tensors) {
        if (!tensors.isEmpty()) {
            problems.add(tensors.size() + " " + kind + ": " + String.join(", ", tensors));
        }
    }
}
