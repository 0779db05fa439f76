package dev.fovea.architectures.weights;

import dev.fovea.onnx.DataType;
import dev.fovea.onnx.FileLimit;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.shape.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/// The account of one build: what was asked for, what was found, what was left over.
final class WeightLedger {

    /// PyTorch counts its training steps in every batch normalisation; the count computes nothing.
    private static final String STEP_COUNTER = "num_batches_tracked";

    private final WeightSource source;
    private final Set<String> used = new TreeSet<>();
    private final Set<String> left = new TreeSet<>();
    private final Map<String, String> missing = new TreeMap<>(); // wanted shapes by name
    private final Map<String, String> misshapen = new TreeMap<>();
    private final Map<Key, Value> constants = new HashMap<>();

    private record Key(Graph graph, DataType type, String name, Shape shape) {}

    WeightLedger(WeightSource source) {
        this.source = source;
    }

    float[] values(String name, long... sizes) {
        Shape wanted = Shape.of(sizes);
        used.add(name);
        Optional<WeightTensor> found = source.find(name, sizes);
        if (found.isPresent() && found.get().shape().equals(wanted)) {
            return found.get().values();
        }
        found.ifPresentOrElse(
                tensor -> misshapen.putIfAbsent(name, "is " + tensor.shape() + ", wanted is " + wanted),
                () -> missing.putIfAbsent(name, wanted.toString()));
        return new float[Math.toIntExact(wanted.fixedElements())];
    }

    Value constant(Value user, String name, Supplier<float[]> values, Shape shape) {
        // No computeIfAbsent: the supplier of one constant may ask for another.
        var key = new Key(user.graph(), user.type(), name, shape);
        Value known = constants.get(key);
        if (known == null) {
            FileLimit.require(name, shape, user.type());
            known = user.graph().constant(name, values.get(), shape, user.type());
            constants.put(key, known);
        }
        return known;
    }

    void leave(String name) {
        left.add(name);
    }

    void requireAllUsedAndFound() {
        Map<String, String> unused = new TreeMap<>();
        for (String name : source.names()) {
            if (!used.contains(name) && !name.endsWith(STEP_COUNTER) && !isLeft(name)) {
                unused.put(name, "");
            }
        }
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

    private boolean isLeft(String name) {
        return left.stream().anyMatch(tensor -> name.equals(tensor) || name.startsWith(tensor + "."));
    }

    private static void add(List<String> problems, String kind, Map<String, String> tensors) {
        if (!tensors.isEmpty()) {
            problems.add(tensors.size() + " " + kind + ": " + TensorNames.compact(tensors));
        }
    }
}
